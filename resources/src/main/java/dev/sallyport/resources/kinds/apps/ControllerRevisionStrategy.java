package dev.sallyport.resources.kinds.apps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;

/** ControllerRevisions: what a workload's template once was, and so never changes. */
final class ControllerRevisionStrategy implements KindStrategy {

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    root.at("data").given("data is mandatory");
    root.at("revision").nonNegative();
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field.root(object, faults).at("data").unchangedFrom(old.path("data"));
  }
}
