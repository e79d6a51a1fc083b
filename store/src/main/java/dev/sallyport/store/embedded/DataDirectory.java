package dev.sallyport.store.embedded;

import dev.sallyport.store.StoreOpenException;
import dev.sallyport.store.StoreOpenException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one store, held by one process at a time. Directory and files are readable by
 * their owner alone, as secrets lie in them.
 */
final class DataDirectory implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  static DataDirectory open(Path path) throws StoreOpenException {
    try {
      Files.createDirectories(path, OWNER_DIRECTORY);
      return new DataDirectory(path, lock(path));
    } catch (FileAlreadyExistsException e) {
      throw new StoreOpenException(Kind.UNUSABLE, path, "is not a directory", e);
    } catch (IOException e) {
      throw new StoreOpenException(Kind.UNUSABLE, path, "cannot be used: " + e, e);
    }
  }

  private static FileChannel lock(Path path) throws IOException, StoreOpenException {
    Path file = path.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_FILE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new StoreOpenException(Kind.LOCKED, path, "another process uses this directory", null);
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  Path path() {
    return path;
  }

  /**
   * A file that is made by its maker in one piece: it is there only if the maker got to its end.
   */
  Path file(String name, Maker maker) throws StoreOpenException {
    Path file = path.resolve(name);
    if (Files.exists(file)) {
      requireWritable(file);
      return file;
    }
    Path part = path.resolve(name + ".new");
    try {
      Files.deleteIfExists(part);
      // SQLite would create it readable by all; its other files take over these permissions.
      Files.createFile(part, OWNER_FILE);
      maker.make(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      syncNames();
      return file;
    } catch (IOException e) {
      throw new StoreOpenException(Kind.UNUSABLE, file, "cannot be created: " + e, e);
    }
  }

  /** See {@link #file}. */
  interface Maker {
    void make(Path file) throws StoreOpenException;
  }

  /** A crash may otherwise forget that the file exists. */
  private void syncNames() throws IOException {
    try (FileChannel names = FileChannel.open(path)) {
      names.force(true);
    }
  }

  private static void requireWritable(Path file) throws StoreOpenException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file) || !Files.isWritable(file)) {
      throw new StoreOpenException(
          Kind.UNUSABLE, file, "is not a file that can be read and written", null);
    }
  }

  /** Lets other processes in. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      log.warn("{}: the lock could not be released", path, e);
    }
  }
}
