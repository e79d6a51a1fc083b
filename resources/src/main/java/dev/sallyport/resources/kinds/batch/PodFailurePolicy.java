package dev.sallyport.resources.kinds.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.Set;

/**
 * What follows from a pod's failure.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy">Pod
 *     failure policy</a>
 */
final class PodFailurePolicy {

  private static final int MOST_RULES = 20;
  private static final int MOST_CONDITIONS = 20;
  private static final int MOST_EXIT_CODES = 255;

  private PodFailurePolicy() {}

  /**
   * @param spec the Job's
   */
  static void check(Field spec) {
    Field rules = spec.at("podFailurePolicy", "rules");
    rules.atMost(MOST_RULES);
    Set<String> containers = new HashSet<>();
    for (String kind : new String[] {"containers", "initContainers"}) {
      for (JsonNode container : spec.at("template", "spec", kind).node()) {
        containers.add(container.path("name").asText());
      }
    }
    rules.each(rule -> rule(rule, spec.at("backoffLimitPerIndex").present(), containers));
  }

  private static void rule(Field rule, boolean perIndex, Set<String> containers) {
    Field action = rule.at("action");
    String[] actions = {"Count", "FailIndex", "FailJob", "Ignore"};
    if (action.isEmpty()) {
      action.required("valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]");
    } else if (action.says("FailIndex") && !perIndex) {
      action.invalid("requires the backoffLimitPerIndex to be set");
    } else {
      action.oneOf(actions);
    }
    Field codes = rule.at("onExitCodes");
    Field conditions = rule.at("onPodConditions");
    if (codes.present()) {
      exitCodes(codes, containers);
    }
    conditions.atMost(MOST_CONDITIONS);
    conditions.each(PodFailurePolicy::condition);
    if (codes.present() && conditions.size() > 0) {
      rule.invalidUnshown("specifying both OnExitCodes and OnPodConditions is not supported");
    } else if (!codes.present() && conditions.size() == 0) {
      rule.invalidUnshown("specifying one of OnExitCodes and OnPodConditions is required");
    }
  }

  private static void exitCodes(Field codes, Set<String> containers) {
    Field operator = codes.at("operator");
    if (operator.isEmpty()) {
      operator.required("valid values: [\"In\" \"NotIn\"]");
    } else {
      operator.oneOf("In", "NotIn");
    }
    Field container = codes.at("containerName");
    if (container.present() && !containers.contains(container.text())) {
      container.invalid("must be one of the container or initContainer names in the pod template");
    }
    Field values = codes.at("values");
    if (values.size() == 0) {
      values.invalidOrNull("at least one value is required");
    }
    values.atMost(MOST_EXIT_CODES);
    boolean ordered = true;
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      Field value = values.item(i);
      if (operator.says("In") && value.number() == 0) {
        value.invalid("must not be 0 for the In operator");
      }
      if (!seen.add(value.number())) {
        value.duplicate();
      }
      ordered &= i == 0 || values.item(i - 1).number() <= value.number();
    }
    if (!ordered) {
      values.invalid("must be ordered");
    }
  }

  private static void condition(Field condition) {
    condition.at("type").is(Names::qualifiedName);
    Field status = condition.at("status");
    if (status.isEmpty()) {
      status.required("valid values: [\"False\" \"True\" \"Unknown\"]");
    } else {
      status.oneOf("False", "True", "Unknown");
    }
  }
}
