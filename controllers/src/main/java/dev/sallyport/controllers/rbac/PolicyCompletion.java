package dev.sallyport.controllers.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Adds to a stored role or binding what the default policy wants it to have, and leaves what was
 * added by others. An object whose autoupdate annotation is "false" is left alone.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#auto-reconciliation">Kubernetes:
 *     auto-reconciliation</a>
 */
final class PolicyCompletion {

  private final RuleComparison comparison;

  PolicyCompletion(RuleComparison comparison) {
    this.comparison = comparison;
  }

  /** Whether the stored binding is of another role, which no update can mend. */
  static boolean ofAnotherRole(JsonNode stored, PolicyObject wanted) {
    return wanted.binding() && !stored.path("roleRef").equals(wanted.tree().path("roleRef"));
  }

  static boolean leftAlone(JsonNode stored) {
    String autoupdate =
        stored.path("metadata").path("annotations").path(RbacResources.AUTOUPDATE).asText();
    return autoupdate.equals("false");
  }

  /** The completed object; equal to the stored one when nothing is missing. */
  ObjectNode complete(ObjectNode stored, PolicyObject wanted) {
    if (leftAlone(stored)) {
      return stored;
    }
    ObjectNode completed = stored.deepCopy();
    addMissingEntries(completed, wanted.tree(), "labels");
    addMissingEntries(completed, wanted.tree(), "annotations");
    if (wanted.binding()) {
      addMissingElements(completed, "/subjects", wanted.tree().path("subjects"));
    } else {
      completeRules(completed, wanted.tree());
      completeAggregation(completed, wanted.tree());
    }
    return completed;
  }

  private static void addMissingEntries(ObjectNode object, ObjectNode wanted, String map) {
    JsonNode present = object.path("metadata").path(map);
    wanted
        .path("metadata")
        .path(map)
        .properties()
        .forEach(
            entry -> {
              if (!present.has(entry.getKey())) {
                object.withObject("/metadata/" + map).set(entry.getKey(), entry.getValue());
              }
            });
  }

  private void completeRules(ObjectNode object, ObjectNode wanted) {
    ArrayNode missing = comparison.missing(object.path("rules"), wanted.path("rules"));
    if (!missing.isEmpty()) {
      // "rules": null is how an empty role may be stored.
      if (!object.path("rules").isArray()) {
        object.putArray("rules");
      }
      ((ArrayNode) object.path("rules")).addAll(missing);
    }
  }

  private static void completeAggregation(ObjectNode object, ObjectNode wanted) {
    if (wanted.has("aggregationRule")) {
      addMissingElements(
          object,
          "/aggregationRule/clusterRoleSelectors",
          wanted.path("aggregationRule").path("clusterRoleSelectors"));
    } else {
      object.remove("aggregationRule");
    }
  }

  private static void addMissingElements(ObjectNode object, String pointer, JsonNode wanted) {
    JsonNode present = object.at(pointer);
    for (JsonNode element : wanted) {
      if (!contains(present, element)) {
        object.withArray(pointer).add(element);
      }
    }
  }

  private static boolean contains(JsonNode array, JsonNode wanted) {
    for (JsonNode element : array) {
      if (element.equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
