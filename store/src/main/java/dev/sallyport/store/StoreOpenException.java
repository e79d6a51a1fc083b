package dev.sallyport.store;

import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Why a store could not be opened; its message is one line that begins with the path. */
public final class StoreOpenException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** The causes callers tell apart. */
  public enum Kind {
    /** Another process has it open. */
    LOCKED,
    /** A newer version of this program wrote it. */
    NEWER_FORMAT,
    /** What is stored is damaged; the message names the rows. */
    DAMAGED,
    /** The directory or a file cannot be created, read or written, or is something else. */
    UNUSABLE
  }

  private final Kind kind;
  private final transient Path path;

  public StoreOpenException(Kind kind, Path path, String fault, @Nullable Throwable cause) {
    super(path + ": " + fault, cause);
    this.kind = kind;
    this.path = path;
  }

  public Kind kind() {
    return kind;
  }

  /** The directory or file at fault. */
  public Path path() {
    return path;
  }
}
