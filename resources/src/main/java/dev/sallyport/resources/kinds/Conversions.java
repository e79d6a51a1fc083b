package dev.sallyport.resources.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.GroupVersionKind;

/** Between the versions of kinds that more than one group or version serves. */
public final class Conversions {

  private Conversions() {}

  /**
   * A new tree; the given one stays as it is.
   *
   * @param strategy of the object's kind
   */
  public static ObjectNode convert(KindStrategy strategy, ObjectNode object, GroupVersionKind to) {
    ObjectNode converted = object.deepCopy();
    strategy.convert(converted, to);
    converted.put("kind", to.kind());
    converted.put("apiVersion", to.apiVersion());
    return converted;
  }

  /** Gives a member another name, if it is there. */
  public static void rename(ObjectNode object, String from, String to) {
    JsonNode value = object.remove(from);
    if (value != null) {
      object.set(to, value);
    }
  }
}
