package dev.sallyport.resources.kinds.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.Set;

/** DeviceClasses. */
final class DeviceClassStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    DeviceRules.selectors(spec.at("selectors"));
    spec.at("config").atMost(DeviceRules.MOST);
    spec.at("config").each(DeviceRules::configuration);
    spec.at("extendedResourceName").isIfSet(Names::qualifiedName);
  }
}
