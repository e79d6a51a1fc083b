package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The conditions of a definition's status. */
final class Conditions {

  static final String ESTABLISHED = "Established";
  static final String NAMES_ACCEPTED = "NamesAccepted";
  static final String TERMINATING = "Terminating";
  static final String APPROVED = "KubernetesAPIApprovalPolicyConformant";

  private Conditions() {}

  static @Nullable JsonNode find(JsonNode definition, String type) {
    for (JsonNode condition : definition.path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return null;
  }

  static boolean holds(JsonNode definition, String type) {
    JsonNode condition = find(definition, type);
    return condition != null && condition.path("status").asText().equals("True");
  }

  /** Sets a condition; its time changes only with its status. */
  static void set(
      ObjectNode definition,
      String type,
      boolean status,
      String reason,
      String message,
      String now) {
    JsonNode before = find(definition, type);
    String text = status ? "True" : "False";
    String since =
        before != null && before.path("status").asText().equals(text)
            ? before.path("lastTransitionTime").asText()
            : now;
    ObjectNode condition = definition.objectNode();
    condition.put("type", type).put("status", text).put("lastTransitionTime", since);
    condition.put("reason", reason).put("message", message);
    ObjectNode state = definition.withObjectProperty("status");
    ArrayNode conditions = state.arrayNode();
    boolean replaced = false;
    for (JsonNode other : state.path("conditions")) {
      boolean same = other.path("type").asText().equals(type);
      conditions.add(same ? condition : other);
      replaced |= same;
    }
    if (!replaced) {
      conditions.add(condition);
    }
    state.set("conditions", conditions);
  }
}
