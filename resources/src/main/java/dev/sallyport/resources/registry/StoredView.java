package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.store.StoredObject;

/** Objects as they are stored. */
record StoredView(ResourceDefinition resource) implements ObjectView {

  @Override
  public GroupVersionKind kind() {
    return resource.kind();
  }

  @Override
  public boolean converts() {
    return false;
  }

  @Override
  public StoredObject served(StoredObject stored) {
    return stored;
  }

  @Override
  public ObjectNode served(ObjectNode stored) {
    return stored;
  }

  @Override
  public ObjectNode storable(ObjectNode sent, ObjectNode old) {
    return sent;
  }
}
