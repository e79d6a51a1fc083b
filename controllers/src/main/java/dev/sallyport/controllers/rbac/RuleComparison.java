package dev.sallyport.controllers.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** Compares lists of policy rules by what they permit. Any thread. */
@FunctionalInterface
public interface RuleComparison {

  /**
   * @param held a role's rules, or a missing node for none
   * @param wanted the rules whose permissions should be held
   * @return the permissions that are wanted but not held, one rule each
   */
  ArrayNode missing(JsonNode held, JsonNode wanted);
}
