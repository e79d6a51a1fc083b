package dev.sallyport.config.options;

import dev.sallyport.config.Fault;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;

/** A file's fault told as its flag's. */
public final class FileFault {
  private FileFault() {}

  /**
   * One line that names the flag, the file and what is wrong with it.
   *
   * @param flag with its dashes
   * @param expected what the file should hold
   */
  public static Fault of(String flag, String expected, InvalidFileException e) {
    return new Fault(flag, e.file().toString(), expected + "; " + reason(e));
  }

  /** As above, for a file that the flag does not name itself, such as one of a folder's. */
  public static Fault of(String flag, Path named, String expected, InvalidFileException e) {
    String where = e.file().equals(named) ? "" : e.file() + " ";
    return new Fault(flag, named.toString(), expected + "; " + where + reason(e));
  }

  /** What is wrong with it; what it should be stands in front already. */
  private static String reason(InvalidFileException e) {
    int expected = e.fault().indexOf(" (expected:");
    return (expected < 0 ? e.fault() : e.fault().substring(0, expected)).replace('\n', ' ');
  }
}
