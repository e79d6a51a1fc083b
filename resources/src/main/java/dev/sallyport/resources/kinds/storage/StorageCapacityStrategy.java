package dev.sallyport.resources.kinds.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;

/** CSIStorageCapacities: how much room a class of storage has in one part of the cluster. */
final class StorageCapacityStrategy implements KindStrategy {

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    root.at("storageClassName").is(Names::subdomain);
    root.at("nodeTopology").labelSelector();
    root.at("capacity").nonNegativeQuantity();
    root.at("maximumVolumeSize").nonNegativeQuantity();
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field.root(object, faults).unchangedIn(old, "nodeTopology", "storageClassName");
  }
}
