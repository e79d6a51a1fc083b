package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.pod.PodTemplates;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import java.util.Set;

/** PodTemplates: a template of pods by itself. */
final class PodTemplateStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.ANSWERS_DELETED, Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    PodTemplates.applyDefaults(Defaults.object(object, "template"));
  }

  @Override
  public void prepareCreate(ObjectNode object) {}

  @Override
  public void validate(ObjectNode object, Faults faults) {
    PodTemplates.validate(Field.root(object, faults).at("template"));
  }
}
