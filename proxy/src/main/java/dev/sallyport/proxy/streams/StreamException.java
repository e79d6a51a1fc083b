package dev.sallyport.proxy.streams;

import java.io.IOException;
import java.io.Serial;

/** A peer broke a stream protocol's rules or asked for more than its share: the tunnel ends. */
public final class StreamException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  public StreamException(String message) {
    super(message);
  }

  public StreamException(String message, Throwable cause) {
    super(message, cause);
  }
}
