package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.kinds.Conversions;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.store.Draft;
import dev.sallyport.store.StoredObject;

/** Objects in another version than the stored one; converted at each reading. */
record ConvertedView(ObjectCodec codec, KindStrategy strategy, ResourceDefinition resource)
    implements ObjectView {

  @Override
  public GroupVersionKind kind() {
    return resource.kind();
  }

  @Override
  public StoredObject served(StoredObject stored) {
    return redrawn(stored, served(codec.read(stored.json())), resource, codec);
  }

  @Override
  public ObjectNode served(ObjectNode stored) {
    ObjectNode object = Conversions.convert(strategy, stored, resource.kind());
    return codec.canonicalize(object, resource.kind(), FieldValidation.IGNORE).object();
  }

  @Override
  public ObjectNode storable(ObjectNode sent, ObjectNode old) {
    return Conversions.convert(strategy, sent, resource.storageKind());
  }

  /** Another tree in the place of a stored object. */
  static StoredObject redrawn(
      StoredObject stored, ObjectNode shown, ResourceDefinition resource, ObjectCodec codec) {
    Draft draft = codec.draft(resource, shown);
    return stored.revision() == 0
        ? StoredObject.unsaved(stored.key(), draft)
        : StoredObject.of(stored.key(), stored.revision(), draft);
  }
}
