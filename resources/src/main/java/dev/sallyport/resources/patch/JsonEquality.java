package dev.sallyport.resources.patch;

import com.fasterxml.jackson.databind.JsonNode;

/** Equality of JSON values, where 1, 1.0 and 1e0 are one number. */
final class JsonEquality {

  private JsonEquality() {}

  static boolean same(JsonNode one, JsonNode other) {
    return one.equals(JsonEquality::compare, other);
  }

  private static int compare(JsonNode one, JsonNode other) {
    if (one.equals(other)) {
      return 0;
    }
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    return 1;
  }
}
