package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.BodyFormat;
import java.util.function.Consumer;

/**
 * An object as it was sent.
 *
 * @param bytes not changed after it is handed over
 * @param listener told the object once it is decoded, before anything is changed in it; it keeps
 *     nothing of it
 */
public record Body(BodyFormat format, byte[] bytes, Consumer<ObjectNode> listener) {

  /** Nobody wants to see the object. */
  public static final Consumer<ObjectNode> UNSEEN = object -> {};

  /** No body at all. */
  public static final Body NONE = new Body(BodyFormat.JSON, new byte[0]);

  public Body(BodyFormat format, byte[] bytes) {
    this(format, bytes, UNSEEN);
  }

  public boolean empty() {
    return bytes.length == 0;
  }
}
