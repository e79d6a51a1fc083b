package dev.sallyport.resources.kinds.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.validation.Field;

/** How fast an autoscaler goes up and down. */
final class ScalingRules {

  private static final int MOST_WINDOW_SECONDS = 3_600;
  private static final int MOST_PERIOD_SECONDS = 1_800;
  private static final int PERIOD_SECONDS = 15;

  private ScalingRules() {}

  /** Whoever says something of one direction gets the other's rules written out as well. */
  static void applyDefaults(ObjectNode behavior) {
    ObjectNode up = Defaults.object(behavior, "scaleUp");
    Defaults.number(up, "stabilizationWindowSeconds", 0);
    Defaults.text(up, "selectPolicy", "Max");
    if (Defaults.lacks(up, "policies")) {
      ArrayNode policies = up.putArray("policies");
      policy(policies, "Pods", 4);
      policy(policies, "Percent", 100);
    }
    ObjectNode down = Defaults.object(behavior, "scaleDown");
    Defaults.text(down, "selectPolicy", "Max");
    if (Defaults.lacks(down, "policies")) {
      policy(down.putArray("policies"), "Percent", 100);
    }
  }

  private static void policy(ArrayNode policies, String type, int value) {
    policies.addObject().put("type", type).put("value", value).put("periodSeconds", PERIOD_SECONDS);
  }

  static void check(Field rules) {
    if (!rules.present()) {
      return;
    }
    Field window = rules.at("stabilizationWindowSeconds");
    if (window.number() < 0) {
      window.invalid("must be greater than or equal to zero");
    }
    if (window.number() > MOST_WINDOW_SECONDS) {
      window.invalid("must be less than or equal to " + MOST_WINDOW_SECONDS);
    }
    rules.at("selectPolicy").oneOfIfSet("Disabled", "Max", "Min");
    if (rules.at("policies").size() == 0) {
      rules.at("policies").required("must specify at least one Policy");
    }
    rules.at("policies").each(ScalingRules::policy);
    rules.at("tolerance").nonNegativeQuantity();
  }

  private static void policy(Field policy) {
    Field type = policy.at("type");
    if (!type.says("Percent") && !type.says("Pods")) {
      type.unsupported("Percent", "Pods");
    }
    if (policy.at("value").number() <= 0) {
      policy.at("value").invalid("must be greater than zero");
    }
    Field period = policy.at("periodSeconds");
    if (period.number() <= 0) {
      period.invalid("must be greater than zero");
    }
    if (period.number() > MOST_PERIOD_SECONDS) {
      period.invalid("must be less than or equal to " + MOST_PERIOD_SECONDS);
    }
  }
}
