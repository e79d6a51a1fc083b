package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.List;

/**
 * Which taints of nodes a pod bears.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/">Taints
 *     and tolerations</a>
 */
public final class TolerationRules {

  private static final String[] EFFECTS = {"NoSchedule", "PreferNoSchedule", "NoExecute"};

  private TolerationRules() {}

  public static void check(Field tolerations) {
    tolerations.each(TolerationRules::toleration);
  }

  private static void toleration(Field toleration) {
    Field key = toleration.at("key");
    Field operator = toleration.at("operator");
    Field effect = toleration.at("effect");
    key.isIfSet(Names::qualifiedName);
    if (key.isEmpty() && !operator.text().equals("Exists")) {
      operator.invalid(
          "operator must be Exists when `key` is empty, which means \"match all values and all"
              + " keys\"");
    }
    if (toleration.at("tolerationSeconds").present() && !effect.text().equals("NoExecute")) {
      effect.invalid("effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    value(operator, toleration.at("value").text());
    effect.oneOfIfSet(EFFECTS);
  }

  private static void value(Field operator, String value) {
    switch (operator.text()) {
      case "", "Equal" -> {
        List<String> faults = Names.labelValue(value);
        if (!faults.isEmpty()) {
          operator.invalid(value, String.join(";", faults));
        }
      }
      case "Exists" -> {
        if (!value.isEmpty()) {
          operator.invalid(value, "value must be empty when `operator` is 'Exists'");
        }
      }
      default -> operator.unsupported("Equal", "Exists");
    }
  }

  /** The effect of a node's taint. */
  public static void effect(Field effect) {
    if (effect.given()) {
      effect.oneOfIfSet(EFFECTS);
    }
  }

  /** Between two states of a pod tolerations are only added, or last another time. */
  static void onlyAdded(Field tolerations, JsonNode old) {
    for (JsonNode before : old) {
      boolean kept = false;
      for (JsonNode now : tolerations.node()) {
        kept |= timeless(now).equals(timeless(before));
      }
      if (!kept) {
        tolerations.forbidden(
            "existing toleration can not be modified except its tolerationSeconds");
        return;
      }
    }
  }

  private static JsonNode timeless(JsonNode toleration) {
    return ((ObjectNode) toleration.deepCopy()).without("tolerationSeconds");
  }
}
