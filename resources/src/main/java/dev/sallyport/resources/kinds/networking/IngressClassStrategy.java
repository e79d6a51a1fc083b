package dev.sallyport.resources.kinds.networking;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.Set;

/** IngressClasses: whose controller they mean never changes. */
final class IngressClassStrategy implements KindStrategy {

  private static final int LONGEST_CONTROLLER = 250;

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    if (object.path("spec").path("parameters") instanceof ObjectNode parameters) {
      Defaults.text(parameters, "scope", "Cluster");
    }
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    Field controller = spec.at("controller");
    controller.noLongerThan(LONGEST_CONTROLLER);
    controller.givenAndIs(Names::domainPrefixedPath);
    Field parameters = spec.at("parameters");
    if (!parameters.present()) {
      return;
    }
    IngressBackend.reference(parameters);
    Field namespace = parameters.at("namespace");
    switch (parameters.at("scope").text()) {
      case "Namespace" -> {
        if (!namespace.present()) {
          namespace.required("`parameters.scope` is set to 'Namespace'");
        } else {
          namespace.is(Names::label);
        }
      }
      case "Cluster" -> {
        if (namespace.present()) {
          namespace.forbidden("`parameters.scope` is set to 'Cluster'");
        }
      }
      default -> parameters.at("scope").unsupported("Cluster", "Namespace");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field.root(object, faults).at("spec").unchangedIn(old.path("spec"), "controller");
  }
}
