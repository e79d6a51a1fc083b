package dev.sallyport.resources.kinds.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.MetadataValidation;
import dev.sallyport.resources.validation.NameRule;
import java.util.Set;

/**
 * Roles and ClusterRoles.
 *
 * @param namespaced whether it is a Role: those know no paths and no aggregation
 */
record RoleStrategy(boolean namespaced) implements KindStrategy {

  @Override
  public NameRule nameRule() {
    return NameRule.PATH_SEGMENT;
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.CREATE_ON_UPDATE);
  }

  @Override
  public void prepareCreate(ObjectNode object) {}

  @Override
  public void validate(ObjectNode object, Faults faults) {
    JsonNode rules = object.path("rules");
    for (int i = 0; i < rules.size(); i++) {
      rule(rules.get(i), "rules[" + i + "]", faults);
    }
    if (!namespaced) {
      aggregation(object.path("aggregationRule"), faults);
    }
  }

  private void rule(JsonNode rule, String field, Faults faults) {
    if (rule.path("verbs").isEmpty()) {
      faults.required(field + ".verbs", "verbs must contain at least one value");
    }
    JsonNode paths = rule.path("nonResourceURLs");
    boolean resourceRule =
        !rule.path("apiGroups").isEmpty()
            || !rule.path("resources").isEmpty()
            || !rule.path("resourceNames").isEmpty();
    if (!paths.isEmpty()) {
      if (namespaced) {
        faults.invalid(
            field + ".nonResourceURLs",
            paths,
            "namespaced rules cannot apply to non-resource URLs");
      }
      if (resourceRule) {
        faults.invalid(
            field + ".nonResourceURLs",
            paths,
            "rules cannot apply to both regular resources and non-resource URLs");
      }
      return;
    }
    if (rule.path("apiGroups").isEmpty()) {
      faults.required(field + ".apiGroups", "resource rules must supply at least one api group");
    }
    if (rule.path("resources").isEmpty()) {
      faults.required(field + ".resources", "resource rules must supply at least one resource");
    }
  }

  private static void aggregation(JsonNode rule, Faults faults) {
    if (!rule.isObject()) {
      return;
    }
    JsonNode selectors = rule.path("clusterRoleSelectors");
    String field = "aggregationRule.clusterRoleSelectors";
    if (selectors.isEmpty()) {
      faults.required(
          field, "at least one clusterRoleSelector required if aggregationRule is non-nil");
    }
    for (int i = 0; i < selectors.size(); i++) {
      String at = field + "[" + i + "]";
      MetadataValidation.labels(selectors.get(i).path("matchLabels"), at + ".matchLabels", faults);
      expressions(selectors.get(i).path("matchExpressions"), at + ".matchExpressions", faults);
    }
  }

  private static void expressions(JsonNode expressions, String field, Faults faults) {
    for (int i = 0; i < expressions.size(); i++) {
      JsonNode expression = expressions.get(i);
      String at = field + "[" + i + "]";
      boolean valued = !expression.path("values").isEmpty();
      switch (expression.path("operator").asText()) {
        case "In", "NotIn" -> {
          if (!valued) {
            faults.required(at + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
          }
        }
        case "Exists", "DoesNotExist" -> {
          if (valued) {
            faults.forbidden(
                at + ".values",
                "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
          }
        }
        default ->
            faults.invalid(
                at + ".operator",
                expression.path("operator").asText(),
                "not a valid selector operator");
      }
    }
  }
}
