package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.selector.SelectorText;

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
    return labels.isEmpty() ? Cells.NONE : SelectorText.ofLabels(labels);
  }

  /** A label selector as text; {@code <none>} for one that says nothing. */
  static String selector(JsonNode selector) {
    String text = SelectorText.of(selector);
    return text.isEmpty() ? Cells.NONE : text;
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
