package dev.sallyport.proxy.http1;

import java.io.Serial;

/** What came is no HTTP/1.1, or could be read in two ways. Made without a stack trace. */
final class MalformedResponse extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  MalformedResponse(String message) {
    super(message, null, false, false);
  }
}
