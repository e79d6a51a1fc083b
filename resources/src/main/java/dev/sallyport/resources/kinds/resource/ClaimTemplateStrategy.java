package dev.sallyport.resources.kinds.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;

/** ResourceClaimTemplates, which never change. */
final class ClaimTemplateStrategy implements KindStrategy {

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode claim = Defaults.object(Defaults.object(object, "spec"), "spec");
    DeviceRules.applyDefaults(claim.path("devices"));
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    spec.at("metadata", "labels").labels();
    spec.at("metadata", "annotations").annotations();
    DeviceRules.check(spec.at("spec", "devices"));
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field.root(object, faults).unchangedIn(old, "spec");
  }
}
