package dev.sallyport.resources.registry;

import dev.sallyport.resources.BodyFormat;

/**
 * An object as it was sent.
 *
 * @param bytes not changed after it is handed over
 */
public record Body(BodyFormat format, byte[] bytes) {

  /** No body at all. */
  public static final Body NONE = new Body(BodyFormat.JSON, new byte[0]);

  public boolean empty() {
    return bytes.length == 0;
  }
}
