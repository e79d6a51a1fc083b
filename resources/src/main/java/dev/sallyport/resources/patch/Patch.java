package dev.sallyport.resources.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A change that was sent as a document. Immutable once read; any thread. */
public interface Patch {

  /**
   * The changed object; {@code original} stays as it is.
   *
   * @throws dev.sallyport.api.StatusException when the patch does not fit the object
   */
  ObjectNode apply(ObjectNode original);
}
