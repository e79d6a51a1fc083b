package dev.sallyport.resources.validation;

import com.fasterxml.jackson.databind.JsonNode;

/** When two values mean the same. */
final class Contents {

  private Contents() {}

  /** Whether they are equal; a missing one is no other than an empty one. */
  static boolean same(JsonNode one, JsonNode other) {
    return one.equals(other) || (isNothing(one) && isNothing(other));
  }

  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode()
        || node.isNull()
        || (node.isContainerNode() && node.isEmpty())
        || (node.isTextual() && node.textValue().isEmpty());
  }
}
