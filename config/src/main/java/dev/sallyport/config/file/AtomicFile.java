package dev.sallyport.config.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a file whole or not at all, readable and writable by its owner only (0600). */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Replaces {@code file}. Readers see the old bytes or the new ones; after a crash too.
   *
   * @throws InvalidFileException when the folder or the file cannot be written
   */
  public static void write(Path file, byte[] bytes) throws InvalidFileException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new InvalidFileException(file, "is no file name");
    }
    try {
      Path draft =
          Files.createTempFile(
              folder,
              "." + file.getFileName(),
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        writeAndSync(draft, bytes);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new InvalidFileException(file, "cannot be written: " + e.getMessage(), e);
    }
  }

  private static void writeAndSync(Path draft, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }
}
