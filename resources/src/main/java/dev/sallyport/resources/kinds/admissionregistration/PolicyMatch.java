package dev.sallyport.resources.kinds.admissionregistration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.validation.Field;

/** What a policy or its binding is about, and what parameters it takes. */
final class PolicyMatch {

  private static final String RULES = "resourceRules";
  private static final String EXCLUDED = "excludeResourceRules";

  private PolicyMatch() {}

  static void applyDefaults(JsonNode match) {
    if (match instanceof ObjectNode resources) {
      Defaults.text(resources, "matchPolicy", "Equivalent");
      Defaults.object(resources, "namespaceSelector");
      Defaults.object(resources, "objectSelector");
      OperationRules.applyDefaults(resources, RULES);
      OperationRules.applyDefaults(resources, EXCLUDED);
    }
  }

  static void check(Field match) {
    match.at("matchPolicy").oneOfIfSet("Equivalent", "Exact");
    match.at("namespaceSelector").labelSelector();
    match.at("objectSelector").labelSelector();
    match.at(RULES).each(OperationRules::check);
    match.at(EXCLUDED).each(OperationRules::check);
  }

  /** A policy's own: it must be about something. */
  static void required(Field match) {
    if (!match.present()) {
      match.required("");
      return;
    }
    check(match);
    if (match.at(RULES).size() == 0) {
      match.at(RULES).required("");
    }
  }

  static void parameterKind(Field kind) {
    if (kind.present()) {
      kind.at("apiVersion").given();
      kind.at("kind").given();
    }
  }
}
