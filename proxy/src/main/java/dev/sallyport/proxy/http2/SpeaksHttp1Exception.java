package dev.sallyport.proxy.http2;

import java.io.IOException;
import java.io.Serial;

/** The backend has not agreed to HTTP/2. Nothing has been sent. */
public final class SpeaksHttp1Exception extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  SpeaksHttp1Exception() {
    super("the upstream does not agree to HTTP/2");
  }
}
