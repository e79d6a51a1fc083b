package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.CustomKind.ScalePaths;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.Subresource;
import dev.sallyport.store.StoredObject;

/**
 * Objects as a path shows them. Nearly always that is what is stored, and bytes pass untouched; the
 * few kinds that two groups serve are converted, and a scale shows one number of an object.
 */
interface ObjectView {

  /** The view of a resource's objects themselves. */
  static ObjectView of(Backing backing, ResourceDefinition resource) {
    if (resource.custom() != null) {
      return new CustomView(resource.custom());
    }
    return resource.kind().equals(resource.storageKind())
        ? new StoredView(resource)
        : new ConvertedView(backing.codec(), backing.strategy(resource), resource);
  }

  /** The view of what a call names. */
  static ObjectView of(Backing backing, ResourceCall call) {
    if (call.subresource().isEmpty()) {
      return of(backing, call.resource());
    }
    Subresource subresource = call.resource().subresource(call.subresource());
    if (subresource == null || !subresource.name().equals("scale")) {
      return of(backing, call.resource());
    }
    CustomKind custom = call.resource().custom();
    ScalePaths paths = custom == null ? null : custom.scale();
    return paths == null
        ? new ScaleView(backing.codec(), call.resource(), subresource)
        : new CustomScaleView(backing.codec(), call.resource(), subresource.kind(), paths);
  }

  /** What bodies hold. */
  GroupVersionKind kind();

  /** Whether it shows anything but what is stored. */
  default boolean converts() {
    return true;
  }

  StoredObject served(StoredObject stored);

  ObjectNode served(ObjectNode stored);

  /**
   * What is to be stored, of an object as it was sent.
   *
   * @param old the stored state it is to replace; an empty object of the kind for a new one
   */
  ObjectNode storable(ObjectNode sent, ObjectNode old);
}
