package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.store.StoredObject;

/**
 * Objects of a custom kind in the version that is asked for. What only a webhook can convert is
 * expected to have been converted before: {@link Kept}.
 */
record CustomView(CustomKind custom) implements ObjectView {

  @Override
  public GroupVersionKind kind() {
    return custom.kind();
  }

  @Override
  public StoredObject served(StoredObject stored) {
    StoredObject shown = custom.shownNow(stored);
    return shown == null ? stored : shown;
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
