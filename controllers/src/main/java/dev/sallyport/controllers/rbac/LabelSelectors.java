package dev.sallyport.controllers.rbac;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Label selectors of objects (meta/v1 LabelSelector): all of matchLabels and matchExpressions. An
 * empty selector matches everything, one that is not understood matches nothing.
 */
final class LabelSelectors {

  private LabelSelectors() {}

  static boolean matches(JsonNode selector, JsonNode labels) {
    for (var entry : selector.path("matchLabels").properties()) {
      if (!labels.has(entry.getKey()) || !labels.get(entry.getKey()).equals(entry.getValue())) {
        return false;
      }
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      if (!matchesExpression(expression, labels)) {
        return false;
      }
    }
    return true;
  }

  private static boolean matchesExpression(JsonNode expression, JsonNode labels) {
    JsonNode value = labels.path(expression.path("key").asText());
    boolean present = !value.isMissingNode();
    return switch (expression.path("operator").asText()) {
      case "In" -> present && among(value, expression.path("values"));
      case "NotIn" -> !present || !among(value, expression.path("values"));
      case "Exists" -> present;
      case "DoesNotExist" -> !present;
      default -> false;
    };
  }

  private static boolean among(JsonNode value, JsonNode values) {
    for (JsonNode candidate : values) {
      if (candidate.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
