package dev.sallyport.server.endpoint.filtered;

import java.io.IOException;
import java.io.Serial;

/** What the upstream sent cannot be looked into, so nothing of it can be shown. */
final class UnreadableAnswer extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  UnreadableAnswer(String what) {
    super(what);
  }
}
