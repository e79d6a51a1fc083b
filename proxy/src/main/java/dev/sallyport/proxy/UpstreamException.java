package dev.sallyport.proxy;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Why an upstream gave no whole answer. The message is fit for clients. */
public final class UpstreamException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** No connection: refused, unknown host, no route, certificate not trusted. */
    UNREACHABLE,
    /** The connection ended before the response began, or amid its body. */
    BROKEN,
    /** What came was no HTTP response, or only the beginning of one's head. */
    MALFORMED,
    /** No endpoint is well, so nothing was tried. */
    UNAVAILABLE,
    /** As many requests run as may. */
    BUSY,
    /** The answer did not begin in time. */
    TIMEOUT,
    /** The caller's name cannot be told in headers. */
    UNSPEAKABLE,
    /** The session must be recorded and cannot be. */
    UNRECORDED
  }

  private final Kind kind;

  public UpstreamException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
