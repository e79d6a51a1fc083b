package dev.sallyport.resources.selector;

import java.io.Serial;

/** A selector that cannot be understood; the message is meant for the client (400). */
public final class SelectorSyntaxException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public SelectorSyntaxException(String message) {
    super(message, null, false, false);
  }
}
