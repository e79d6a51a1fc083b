package dev.sallyport.resources.kinds.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;

/**
 * VolumeAttributesClasses.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/">Volume
 *     attributes classes</a>
 */
final class VolumeAttributesClassStrategy implements KindStrategy {

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    DriverNames.check(root.at("driverName"));
    Field parameters = root.at("parameters");
    if (parameters.size() == 0) {
      parameters.required("must contain at least one key/value pair");
    }
    DriverNames.parameters(parameters);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    for (String member : new String[] {"driverName", "parameters"}) {
      if (!Field.same(object.path(member), old.path(member))) {
        faults.forbidden(member, "updates to " + member + " are forbidden.");
      }
    }
  }
}
