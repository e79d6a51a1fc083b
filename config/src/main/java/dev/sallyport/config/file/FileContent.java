package dev.sallyport.config.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file and all its bytes. The array is not copied: nobody writes to it.
 *
 * @param file where the bytes came from, for messages
 * @param bytes the bytes as they were read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only passed from reader to parser
public record FileContent(Path file, byte[] bytes) {

  /** More than any certificate bundle or token file in use; keeps a wrong path from filling us. */
  private static final long LIMIT = 64L << 20;

  /**
   * @throws InvalidFileException when the file is missing, unreadable, no file or above 64 MiB
   */
  public static FileContent read(Path file) throws InvalidFileException {
    try {
      if (Files.isDirectory(file)) {
        throw new InvalidFileException(file, "is a directory (expected: a file)");
      }
      if (Files.size(file) > LIMIT) {
        throw new InvalidFileException(file, "is larger than 64 MiB");
      }
      return new FileContent(file, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new InvalidFileException(file, "no such file", e);
    } catch (AccessDeniedException e) {
      throw new InvalidFileException(file, "permission denied", e);
    } catch (IOException e) {
      throw new InvalidFileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return file + " (" + bytes.length + " bytes)";
  }
}
