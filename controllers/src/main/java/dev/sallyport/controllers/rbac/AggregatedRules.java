package dev.sallyport.controllers.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** The rules an aggregating ClusterRole gathers: by selector, then by role's name, each once. */
final class AggregatedRules {

  private static final List<String> FIELDS =
      List.of("verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs");

  private AggregatedRules() {}

  static boolean aggregates(JsonNode role) {
    return role.path("aggregationRule").isObject();
  }

  /** Whether the role would give its rules to the aggregating one. */
  static boolean selects(JsonNode aggregating, JsonNode role) {
    JsonNode labels = role.path("metadata").path("labels");
    for (JsonNode selector : selectors(aggregating)) {
      if (LabelSelectors.matches(selector, labels)) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param roles all ClusterRoles by name
   */
  static ArrayNode gather(String name, JsonNode aggregating, SortedMap<String, JsonNode> roles) {
    Set<ObjectNode> rules = new LinkedHashSet<>();
    for (JsonNode selector : selectors(aggregating)) {
      roles.forEach(
          (other, role) -> {
            if (!other.equals(name)
                && LabelSelectors.matches(selector, role.path("metadata").path("labels"))) {
              role.path("rules").forEach(rule -> rules.add(normalized(rule)));
            }
          });
    }
    ArrayNode gathered = JsonNodeFactory.instance.arrayNode(rules.size());
    rules.forEach(gathered::add);
    return gathered;
  }

  /** Whether two lists of rules are the same, an empty list counting as none. */
  static boolean same(JsonNode some, JsonNode others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!normalized(some.get(i)).equals(normalized(others.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode selectors(JsonNode aggregating) {
    return aggregating.path("aggregationRule").path("clusterRoleSelectors");
  }

  private static ObjectNode normalized(JsonNode rule) {
    ObjectNode normal = JsonNodeFactory.instance.objectNode();
    for (String field : FIELDS) {
      JsonNode values = rule.path(field);
      if (!values.isEmpty()) {
        normal.set(field, values);
      }
    }
    return normal;
  }
}
