package dev.sallyport.resources.codec.canonical;

import java.io.Serial;

/** A body that cannot be read; the message says why in the words of Go's decoders. */
public final class DecodeFailure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String why;

  public DecodeFailure(String why) {
    super(why, null, false, false);
    this.why = why;
  }

  /** The message. */
  public String why() {
    return why;
  }
}
