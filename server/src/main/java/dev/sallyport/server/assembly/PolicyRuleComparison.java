package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.objects.RbacObjects;
import dev.sallyport.authz.rbac.RuleCoverage;
import dev.sallyport.controllers.rbac.RuleComparison;
import java.util.List;

/** Compares rules as the escalation check does. */
final class PolicyRuleComparison implements RuleComparison {

  @Override
  public ArrayNode missing(JsonNode held, JsonNode wanted) {
    ArrayNode missing = JsonNodeFactory.instance.arrayNode();
    List<PolicyRule> rules =
        RuleCoverage.missing(RbacObjects.rules(held), RbacObjects.rules(wanted));
    rules.forEach(rule -> write(rule, missing.addObject()));
    return missing;
  }

  private static void write(PolicyRule rule, ObjectNode into) {
    write("verbs", rule.verbs(), into);
    write("apiGroups", rule.apiGroups(), into);
    write("resources", rule.resources(), into);
    write("resourceNames", rule.resourceNames(), into);
    write("nonResourceURLs", rule.nonResourceUrls(), into);
  }

  private static void write(String name, List<String> values, ObjectNode into) {
    if (!values.isEmpty()) {
      values.forEach(into.putArray(name)::add);
    }
  }
}
