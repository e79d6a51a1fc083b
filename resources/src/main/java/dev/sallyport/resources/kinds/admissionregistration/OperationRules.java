package dev.sallyport.resources.kinds.admissionregistration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.validation.Field;

/** Which writes a webhook or a policy wants to see. */
final class OperationRules {

  private static final String ANY = "*";
  private static final String SCOPE = "scope";

  private OperationRules() {}

  /** Rules are about all scopes unless they say otherwise. */
  static void applyDefaults(JsonNode parent, String member) {
    for (ObjectNode rule : Defaults.objects(parent, member)) {
      Defaults.text(rule, SCOPE, ANY);
    }
  }

  static void check(Field rule) {
    Field operations = rule.at("operations");
    listed(operations, "operations");
    operations.each(one -> one.oneOfIfSet(ANY, "CONNECT", "CREATE", "DELETE", "UPDATE"));
    listed(rule.at("apiGroups"), "API groups");
    listed(rule.at("apiVersions"), "API versions");
    rule.at("apiVersions").each(Field::given);
    resources(rule.at("resources"));
    rule.at(SCOPE).oneOfIfSet(ANY, "Cluster", "Namespaced");
  }

  private static void listed(Field list, String what) {
    if (list.size() == 0) {
      list.required("");
    } else if (list.size() > 1 && contains(list, ANY)) {
      list.invalid("if '*' is present, must not specify other " + what);
    }
  }

  private static void resources(Field list) {
    if (list.size() == 0) {
      list.required("");
      return;
    }
    list.each(Field::given);
    if (list.size() > 1 && contains(list, "*/*")) {
      list.invalid("if '*/*' is present, must not specify other resources");
    }
    boolean every = contains(list, ANY);
    for (JsonNode resource : list.node()) {
      boolean whole = resource.asText().indexOf('/') < 0;
      if (every && whole && !resource.asText().equals(ANY)) {
        list.invalid("if '*' is present, must not specify other resources without subresources");
        return;
      }
    }
  }

  private static boolean contains(Field list, String text) {
    for (JsonNode item : list.node()) {
      if (item.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }
}
