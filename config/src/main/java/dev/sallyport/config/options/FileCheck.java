package dev.sallyport.config.options;

import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;

/** Looks whether a file (or folder) holds what its flag says, at start. */
@FunctionalInterface
public interface FileCheck {

  /**
   * Reads the file and forgets it again.
   *
   * @throws InvalidFileException if it cannot be read or holds something else
   */
  void check(Path file) throws InvalidFileException;
}
