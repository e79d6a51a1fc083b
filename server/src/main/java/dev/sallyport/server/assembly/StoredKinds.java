package dev.sallyport.server.assembly;

import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Indexer;
import dev.sallyport.store.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads stored rows by the kind that their collection holds. Several threads at once. */
final class StoredKinds implements Indexer {

  private final ObjectCodec codec;
  private final Map<String, ResourceDefinition> byCollection = new HashMap<>();

  StoredKinds(List<ResourceGroup> groups, ObjectCodec codec) {
    this.codec = codec;
    for (ResourceGroup group : groups) {
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

  /** Custom kinds are stored under their group, which has a dot, and their plural. */
  private static boolean isCustom(String collection) {
    int slash = collection.indexOf('/');
    return slash > 0 && collection.lastIndexOf('.', slash) > 0;
  }

  /** A kind whose definition is a row like this one, and may not have been read yet. */
  private static ResourceDefinition unknown(Key key) {
    String collection = key.collection();
    int slash = collection.indexOf('/');
    GroupVersionKind kind = new GroupVersionKind(collection.substring(0, slash), "", "");
    return new ResourceDefinition(
        kind,
        collection.substring(slash + 1),
        "",
        List.of(),
        List.of(),
        !key.namespace().isEmpty(),
        List.of(),
        collection,
        kind,
        "",
        List.of(),
        List.of());
  }

  @Override
  public Draft index(Key key, byte[] json) {
    ResourceDefinition resource = byCollection.get(key.collection());
    if (resource == null && isCustom(key.collection())) {
      resource = unknown(key);
    }
    if (resource == null) {
      throw new IllegalArgumentException("nothing is stored under " + key.collection());
    }
    return codec.index(resource, key, json);
  }
}
