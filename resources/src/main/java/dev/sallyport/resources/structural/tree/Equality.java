package dev.sallyport.resources.structural.tree;

import com.fasterxml.jackson.databind.JsonNode;

/** Equality of values, whatever Java types their numbers have. */
public final class Equality {

  private Equality() {}

  public static boolean same(JsonNode one, JsonNode other) {
    return one.equals(Equality::compare, other);
  }

  private static int compare(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    return one.equals(other) ? 0 : 1;
  }
}
