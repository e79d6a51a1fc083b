package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Small pieces of text that several kinds' cells are made of. */
final class Texts {

  private Texts() {}

  /** The elements' member of that name, joined by commas. */
  static String join(JsonNode list, String member) {
    StringBuilder text = new StringBuilder();
    for (JsonNode one : list) {
      append(text, member.isEmpty() ? one.asText() : one.path(member).asText());
    }
    return text.toString();
  }

  static void append(StringBuilder text, String part) {
    text.append(text.isEmpty() ? "" : ",").append(part);
  }

  /** A map as {@code a=1,b=2}; {@code <none>} for an empty one. */
  static String labels(JsonNode labels) {
    if (labels.isEmpty()) {
      return Cells.NONE;
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      append(text, label.getKey() + "=" + label.getValue().asText());
    }
    return text.toString();
  }

  /** A label selector as text; {@code <none>} for one that says nothing. */
  static String selector(JsonNode selector) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, JsonNode> label : selector.path("matchLabels").properties()) {
      append(text, label.getKey() + "=" + label.getValue().asText());
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      append(text, expression(expression));
    }
    return text.isEmpty() ? Cells.NONE : text.toString();
  }

  private static String expression(JsonNode expression) {
    String key = expression.path("key").asText();
    String values = "(" + join(expression.path("values"), "") + ")";
    return switch (expression.path("operator").asText()) {
      case "In" -> key + " in " + values;
      case "NotIn" -> key + " notin " + values;
      case "DoesNotExist" -> "!" + key;
      default -> key;
    };
  }

  /** The number of a member, or {@code <none>} where it is not set. */
  static String numberOrNone(JsonNode value) {
    return value.isNumber() ? value.asText() : Cells.NONE;
  }

  /** Access modes in their usual abbreviations. */
  static String accessModes(JsonNode modes) {
    StringBuilder text = new StringBuilder();
    for (JsonNode mode : modes) {
      append(
          text,
          switch (mode.asText()) {
            case "ReadWriteOnce" -> "RWO";
            case "ReadOnlyMany" -> "ROX";
            case "ReadWriteMany" -> "RWX";
            case "ReadWriteOncePod" -> "RWOP";
            default -> mode.asText();
          });
    }
    return text.toString();
  }
}
