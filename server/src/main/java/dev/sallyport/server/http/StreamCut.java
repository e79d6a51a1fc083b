package dev.sallyport.server.http;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Somebody breaks a stream off, and says what for. */
public final class StreamCut extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private final TunnelEnd end;

  public StreamCut(TunnelEnd end, @Nullable Throwable cause) {
    super(end.text(), cause);
    this.end = end;
  }

  public TunnelEnd end() {
    return end;
  }

  /** Thrown nowhere: many may be cut at once. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
