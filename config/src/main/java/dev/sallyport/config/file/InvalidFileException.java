package dev.sallyport.config.file;

import java.nio.file.Path;
import java.util.List;

/**
 * A file that cannot be read or does not hold what it should. The message is one line, names the
 * file and never quotes what it holds.
 */
public final class InvalidFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final String fault;
  private final List<String> faults;

  /**
   * @param file the file at fault
   * @param fault what is wrong with it and what was expected
   */
  public InvalidFileException(Path file, String fault) {
    super(file + ": " + fault);
    this.file = file;
    this.fault = fault;
    this.faults = List.of();
  }

  public InvalidFileException(Path file, String fault, Throwable cause) {
    super(file + ": " + fault, cause);
    this.file = file;
    this.fault = fault;
    this.faults = List.of();
  }

  /**
   * @param faults everything that is wrong with it, each in one line with what was expected
   */
  public InvalidFileException(Path file, List<String> faults) {
    super(file + ": " + String.join("; ", faults));
    this.file = file;
    this.fault = String.join("; ", faults);
    this.faults = List.copyOf(faults);
  }

  /** The faults one by one, where the reader tells them so; else empty. */
  public List<String> faults() {
    return faults;
  }

  public Path file() {
    return file;
  }

  /** The message without the file's name. */
  public String fault() {
    return fault;
  }
}
