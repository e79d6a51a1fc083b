package dev.sallyport.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Why the store did not do what it was asked. */
public final class StoreException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** The causes callers tell apart. */
  public enum Kind {
    NOT_FOUND,
    EXISTS,
    /** A precondition does not hold. */
    CONFLICT,
    /** The revision is older than what history keeps. */
    COMPACTED,
    /** The revision has not been reached yet. */
    FUTURE,
    /** The engine cannot write or read now: a full disk, say. */
    UNAVAILABLE,
    /** What is stored is damaged. */
    DAMAGED
  }

  private final Kind kind;
  private final long currentRevision;
  private final transient @Nullable StoredObject current;

  public StoreException(Kind kind, String message) {
    this(kind, message, 0, null);
  }

  public StoreException(
      Kind kind, String message, long currentRevision, @Nullable StoredObject current) {
    super(message, null, false, kind == Kind.UNAVAILABLE || kind == Kind.DAMAGED);
    this.kind = kind;
    this.currentRevision = currentRevision;
    this.current = current;
  }

  public Kind kind() {
    return kind;
  }

  /** The store's revision when it refused, or 0. */
  public long currentRevision() {
    return currentRevision;
  }

  /** The object that stood in the way of a precondition, if any. */
  public @Nullable StoredObject current() {
    return current;
  }
}
