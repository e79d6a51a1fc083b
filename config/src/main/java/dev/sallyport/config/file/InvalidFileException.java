package dev.sallyport.config.file;

import java.nio.file.Path;

/**
 * A file that cannot be read or does not hold what it should. The message is one line, names the
 * file and never quotes what it holds.
 */
public final class InvalidFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final String fault;

  /**
   * @param file the file at fault
   * @param fault what is wrong with it and what was expected
   */
  public InvalidFileException(Path file, String fault) {
    super(file + ": " + fault);
    this.file = file;
    this.fault = fault;
  }

  public InvalidFileException(Path file, String fault, Throwable cause) {
    super(file + ": " + fault, cause);
    this.file = file;
    this.fault = fault;
  }

  public Path file() {
    return file;
  }

  /** The message without the file's name. */
  public String fault() {
    return fault;
  }
}
