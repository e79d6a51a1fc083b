package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.kinds.Conversions;
import dev.sallyport.store.Draft;
import dev.sallyport.store.StoredObject;

/**
 * Objects in the version a resource serves. Nearly always that is the stored one, and objects pass
 * untouched; the few kinds that two groups serve are converted at each reading.
 */
final class ObjectView {

  private final ObjectCodec codec;
  private final ResourceDefinition resource;
  private final boolean converts;

  ObjectView(ObjectCodec codec, ResourceDefinition resource) {
    this.codec = codec;
    this.resource = resource;
    this.converts = !resource.kind().equals(resource.storageKind());
  }

  boolean converts() {
    return converts;
  }

  /** A stored object as the resource serves it. */
  StoredObject served(StoredObject stored) {
    if (!converts) {
      return stored;
    }
    ObjectNode object =
        Conversions.convert(codec.read(stored.json()), resource.storageKind(), resource.kind());
    object = codec.canonicalize(object, resource.kind(), FieldValidation.IGNORE).object();
    Draft draft = codec.draft(resource, object);
    return stored.revision() == 0
        ? StoredObject.unsaved(stored.key(), draft)
        : StoredObject.of(stored.key(), stored.revision(), draft);
  }

  /** A stored tree as the resource serves it. */
  ObjectNode served(ObjectNode stored) {
    return converts ? Conversions.convert(stored, resource.storageKind(), resource.kind()) : stored;
  }

  /** An object as it was sent in the version in which it is stored. */
  ObjectNode storable(ObjectNode sent) {
    return converts ? Conversions.convert(sent, resource.kind(), resource.storageKind()) : sent;
  }
}
