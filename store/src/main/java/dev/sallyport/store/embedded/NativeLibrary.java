package dev.sallyport.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native code. The driver unpacks it into the temporary directory at each start, and looks
 * for left-overs there; kept beside the data it is only compared with the jar's checksum.
 */
final class NativeLibrary {

  private static final Logger log = LoggerFactory.getLogger(NativeLibrary.class);

  private static final String PATH = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  private NativeLibrary() {}

  /** Loads it, from below the directory if it can be kept there, and once in a process. */
  static synchronized void load(Path dataDir) {
    if (System.getProperty(PATH) == null) {
      keep(dataDir);
    }
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      // The driver tries again when it opens the file, and its failure then has a place to go.
      log.debug("SQLite's library did not load yet", e);
    }
  }

  private static void keep(Path dataDir) {
    String name = LibraryLoaderUtil.getNativeLibName();
    URL packed =
        SQLiteJDBCLoader.class.getResource(
            LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name);
    if (packed == null) {
      return;
    }
    try {
      Path folder = dataDir.toAbsolutePath().resolve("lib");
      if (!isSame(folder.resolve(name), packed)) {
        unpack(packed, folder, name);
      }
      System.setProperty(PATH, folder.toString());
      System.setProperty(NAME, name);
    } catch (IOException e) {
      log.debug("{}: SQLite's library is not kept here: {}", dataDir, e.toString());
    }
  }

  private static boolean isSame(Path kept, URL packed) throws IOException {
    URLConnection connection = packed.openConnection();
    if (!Files.exists(kept) || !(connection instanceof JarURLConnection jar)) {
      return false;
    }
    JarEntry entry = jar.getJarEntry();
    if (entry.getSize() != Files.size(kept)) {
      return false;
    }
    CRC32 crc = new CRC32();
    crc.update(Files.readAllBytes(kept));
    return crc.getValue() == entry.getCrc();
  }

  private static void unpack(URL packed, Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "part", "");
    try (InputStream in = packed.openStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
