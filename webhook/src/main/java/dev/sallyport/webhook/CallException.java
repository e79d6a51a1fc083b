package dev.sallyport.webhook;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Why a call got no whole answer. The message is one line and holds no credential. */
public final class CallException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** No connection: unknown host, refused, no route. */
    UNREACHABLE,
    /** The server did not prove that it is the one that was meant, or the handshake failed. */
    UNTRUSTED,
    /** The deadline passed. */
    TIMED_OUT,
    /** The connection ended before the answer did. */
    BROKEN,
    /** The answer is larger than the request allowed. */
    TOO_LARGE,
    /** What came is no HTTP. */
    MALFORMED,
    /** Too many calls wait for this server already. */
    OVERLOADED,
    /** Whoever asked gave up, or the client was closed. */
    CANCELLED
  }

  private final Kind kind;

  public CallException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
