package dev.sallyport.server.assembly;

import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Indexer;
import dev.sallyport.store.Key;
import java.util.HashMap;
import java.util.Map;

/** Reads stored rows by the kind that their collection holds. Several threads at once. */
final class StoredKinds implements Indexer {

  private final ObjectCodec codec;
  private final Map<String, ResourceDefinition> byCollection = new HashMap<>();

  StoredKinds(ResourceCatalogue catalogue, ObjectCodec codec) {
    this.codec = codec;
    for (ResourceGroup group : catalogue.groups()) {
      for (ResourceGroup.Version version : group.versions()) {
        version.resources().forEach(this::add);
      }
    }
  }

  private void add(ResourceDefinition resource) {
    if (resource.stored() && resource.kind().equals(resource.storageKind())) {
      byCollection.put(resource.collection(), resource);
    }
  }

  @Override
  public Draft index(Key key, byte[] json) {
    ResourceDefinition resource = byCollection.get(key.collection());
    if (resource == null) {
      throw new IllegalArgumentException("nothing is stored under " + key.collection());
    }
    return codec.index(resource, key, json);
  }
}
