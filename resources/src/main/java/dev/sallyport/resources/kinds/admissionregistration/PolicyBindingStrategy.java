package dev.sallyport.resources.kinds.admissionregistration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.Set;

/**
 * Bindings of admission policies.
 *
 * @param validating whether it binds a policy that refuses, and so says what follows
 */
record PolicyBindingStrategy(boolean validating) implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    PolicyMatch.applyDefaults(object.path("spec").path("matchResources"));
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    spec.at("policyName").givenAndIs(Names::subdomain);
    if (spec.at("paramRef").present()) {
      parameters(spec.at("paramRef"));
    }
    PolicyMatch.check(spec.at("matchResources"));
    if (validating) {
      actions(spec.at("validationActions"));
    }
  }

  private static void parameters(Field reference) {
    Field name = reference.at("name");
    Field selector = reference.at("selector");
    if (!name.isEmpty() && selector.present()) {
      name.forbidden("name and selector are mutually exclusive");
    } else if (name.isEmpty() && !selector.present()) {
      reference.required("one of name or selector must be specified");
    }
    name.isIfSet(Names::pathSegment);
    selector.labelSelector();
    reference.at("parameterNotFoundAction").oneOf("Allow", "Deny");
  }

  private static void actions(Field actions) {
    if (actions.size() == 0) {
      actions.required("at least one validation action is required");
      return;
    }
    Set<String> seen = new HashSet<>();
    actions.each(
        action -> {
          action.oneOf("Audit", "Deny", "Warn");
          if (!seen.add(action.text())) {
            action.duplicate();
          }
        });
    if (seen.contains("Deny") && seen.contains("Warn")) {
      actions.invalid(
          "must not contain both Deny and Warn (repeating the same validation failure information"
              + " in the API response and headers serves no purpose)");
    }
  }
}
