package dev.sallyport.resources.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Label selectors inside objects: their rules, and which labels they pick.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/">LabelSelector</a>
 */
public final class Selectors {

  private Selectors() {}

  static void check(Field selector) {
    selector.at("matchLabels").labels();
    selector.at("matchExpressions").each(Selectors::expression);
  }

  private static void expression(Field expression) {
    Field values = expression.at("values");
    switch (expression.at("operator").text()) {
      case "In", "NotIn" -> values.given("must be specified when `operator` is 'In' or 'NotIn'");
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          values.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      default -> expression.at("operator").invalid("not a valid selector operator");
    }
    expression.at("key").is(Names::qualifiedName);
    values.each(value -> value.is(Names::labelValue));
  }

  /** Whether it has no requirement and so would pick everything. */
  public static boolean picksAll(JsonNode selector) {
    return selector.path("matchLabels").isEmpty() && selector.path("matchExpressions").isEmpty();
  }

  /** Whether it can be used at all. */
  public static boolean sound(JsonNode selector) {
    Faults faults = new Faults();
    check(Field.root(selector, faults));
    return faults.none();
  }

  /** Whether it picks these labels; an empty selector picks all, none picks nothing. */
  public static boolean matches(JsonNode selector, JsonNode labels) {
    if (!selector.isObject()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> label : selector.path("matchLabels").properties()) {
      if (!label.getValue().equals(labels.get(label.getKey()))) {
        return false;
      }
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      if (!holds(expression, labels.get(expression.path("key").asText()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(JsonNode expression, @Nullable JsonNode label) {
    return switch (expression.path("operator").asText()) {
      case "In" -> label != null && contains(expression.path("values"), label);
      case "NotIn" -> label == null || !contains(expression.path("values"), label);
      case "Exists" -> label != null;
      case "DoesNotExist" -> label == null;
      default -> false;
    };
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (JsonNode each : values) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
