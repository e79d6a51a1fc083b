package dev.sallyport.resources.selector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Label selectors of objects in the form of a query. */
public final class SelectorText {

  private SelectorText() {}

  /** A selector with matchLabels and matchExpressions; "" for one that says nothing. */
  public static String of(JsonNode selector) {
    StringBuilder text = new StringBuilder(ofLabels(selector.path("matchLabels")));
    for (JsonNode expression : selector.path("matchExpressions")) {
      text.append(text.isEmpty() ? "" : ",").append(expression(expression));
    }
    return text.toString();
  }

  /** A map of labels; "" for an empty one. */
  public static String ofLabels(JsonNode labels) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      text.append(text.isEmpty() ? "" : ",");
      text.append(label.getKey()).append('=').append(label.getValue().asText());
    }
    return text.toString();
  }

  private static String expression(JsonNode expression) {
    String key = expression.path("key").asText();
    return switch (expression.path("operator").asText()) {
      case "In" -> key + " in " + values(expression);
      case "NotIn" -> key + " notin " + values(expression);
      case "DoesNotExist" -> "!" + key;
      default -> key;
    };
  }

  private static String values(JsonNode expression) {
    StringBuilder text = new StringBuilder("(");
    for (JsonNode value : expression.path("values")) {
      text.append(text.length() == 1 ? "" : ",").append(value.asText());
    }
    return text.append(')').toString();
  }
}
