package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.garbage.GraphObject;
import dev.sallyport.controllers.garbage.GraphObject.ObjectId;
import dev.sallyport.controllers.garbage.ObjectGraph;
import dev.sallyport.controllers.garbage.OwnerReference;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.registry.Body;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The garbage collector's way to objects: the store's memory, and the registry for its writes. */
final class RegistryObjectGraph implements ObjectGraph {

  private static final UserInfo SERVER =
      UserInfo.of(WellKnown.USER_APISERVER, WellKnown.GROUP_MASTERS);

  /** Events are many, nobody owns them, and they go by their age. */
  private static final String NOT_COLLECTED = "events";

  private final ResourceRegistry registry;
  private final ResourceStore store;
  private final ObjectCodec codec;
  private final ResourceCatalogue catalogue;
  private final Map<ResourceId, ResourceDefinition> definitions = new ConcurrentHashMap<>();
  private final Map<String, ResourceId> byCollection = new ConcurrentHashMap<>();

  /** Watches of what can cease to be served, by collection. Guarded by this, as the observer is. */
  private final Map<String, FollowedKind> followed = new HashMap<>();

  private @Nullable Observer observer;

  RegistryObjectGraph(
      ResourceRegistry registry,
      ResourceStore store,
      ObjectCodec codec,
      ResourceCatalogue catalogue) {
    this.registry = registry;
    this.store = store;
    this.codec = codec;
    this.catalogue = catalogue;
    for (ResourceGroup group : catalogue.groups()) {
      for (ResourceGroup.Version version : group.versions()) {
        version.resources().stream().filter(ResourceDefinition::stored).forEach(this::add);
      }
    }
  }

  private void add(ResourceDefinition definition) {
    ResourceId id = new ResourceId(definition.group(), definition.plural());
    definitions.putIfAbsent(id, definition);
    byCollection.putIfAbsent(definition.collection(), id);
  }

  /** Takes in which custom kinds are served now. Any thread that may wait for others. */
  synchronized void renew() {
    Map<String, ResourceDefinition> served = new HashMap<>();
    for (ResourceGroup group : catalogue.groups()) {
      for (ResourceGroup.Version version : group.versions()) {
        for (ResourceDefinition definition : version.resources()) {
          if (definition.custom() != null) {
            served.putIfAbsent(definition.collection(), definition);
          }
        }
      }
    }
    for (String collection : List.copyOf(byCollection.keySet())) {
      ResourceDefinition known = definitions.get(byCollection.get(collection));
      if (known != null && known.custom() != null && !served.containsKey(collection)) {
        withdraw(collection);
      }
    }
    served.forEach(
        (collection, definition) -> {
          ResourceId id = new ResourceId(definition.group(), definition.plural());
          definitions.put(id, definition);
          byCollection.put(collection, id);
          follow(collection, id);
        });
  }

  private void withdraw(String collection) {
    ResourceId id = byCollection.remove(collection);
    if (id != null) {
      definitions.remove(id);
    }
    FollowedKind watch = followed.remove(collection);
    if (watch != null) {
      watch.close();
    }
  }

  private void follow(String collection, ResourceId resource) {
    Observer told = observer;
    if (told != null && !followed.containsKey(collection)) {
      FollowedKind kind =
          new FollowedKind(store, collection, (type, object) -> tell(told, resource, type, object));
      followed.put(collection, kind);
      kind.start();
    }
  }

  private void tell(Observer told, ResourceId resource, WatchEvent.Type type, StoredObject stored) {
    GraphObject object = read(resource, stored);
    if (type == WatchEvent.Type.DELETED) {
      told.gone(object);
    } else {
      told.present(object);
    }
  }

  @Override
  public synchronized void observe(Observer heard) {
    observer = heard;
    renew();
    byCollection.forEach(
        (collection, resource) -> {
          if (!resource.plural().equals(NOT_COLLECTED) && !followed.containsKey(collection)) {
            store.observe(collection, event -> tell(heard, resource, event.type(), event.object()));
          }
        });
  }

  @Override
  public @Nullable GraphObject find(ObjectId id) {
    ResourceDefinition definition = definitions.get(id.resource());
    if (definition == null) {
      return null;
    }
    Answer<Optional<StoredObject>> answer =
        store.get(new Key(definition.collection(), id.namespace(), id.name()));
    if (!(answer instanceof Answer.Now<Optional<StoredObject>> now)) {
      throw new IllegalStateException("the store does not answer reads from memory");
    }
    return now.value().map(object -> read(id.resource(), object)).orElse(null);
  }

  @Override
  public @Nullable Kind kind(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    ResourceDefinition definition =
        catalogue.findKind(new GroupVersionKind(group, apiVersion.substring(slash + 1), kind));
    if (definition == null || !definition.stored()) {
      return null;
    }
    ResourceId resource = byCollection.get(definition.collection());
    return resource == null ? null : new Kind(resource, definition.namespaced());
  }

  @Override
  public Answer<Boolean> delete(GraphObject object, Propagation propagation) {
    String policy =
        switch (propagation) {
          case BACKGROUND -> "Background";
          case FOREGROUND -> "Foreground";
          case ORPHAN -> "Orphan";
        };
    String options =
        "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"propagationPolicy\":\""
            + policy
            + "\",\"preconditions\":{\"uid\":\""
            + object.uid()
            + "\",\"resourceVersion\":\""
            + object.revision()
            + "\"}}";
    return registry
        .delete(
            call(object.id()), new Body(BodyFormat.JSON, options.getBytes(StandardCharsets.UTF_8)))
        .map(result -> true);
  }

  @Override
  public Answer<Boolean> update(ObjectId id, String uid, UnaryOperator<ObjectNode> change) {
    return registry
        .change(
            call(id),
            current ->
                current.path("metadata").path("uid").asText().equals(uid)
                    ? change.apply(current.deepCopy())
                    : current)
        .map(result -> true);
  }

  private ResourceCall call(ObjectId id) {
    ResourceDefinition definition = definitions.get(id.resource());
    if (definition == null) {
      throw new IllegalArgumentException("no such resource: " + id);
    }
    return ResourceCall.of(SERVER, definition, id.namespace(), id.name());
  }

  /** Most objects have no owner and are not being deleted: those are not parsed. */
  private GraphObject read(ResourceId resource, StoredObject object) {
    ObjectId id = new ObjectId(resource, object.key().namespace(), object.key().name());
    if (!MetadataScan.concernsCollector(object.json())) {
      return new GraphObject(id, object.uid(), object.revision(), List.of(), false, List.of());
    }
    JsonNode metadata = codec.read(object.json()).path("metadata");
    List<String> finalizers = new ArrayList<>();
    metadata.path("finalizers").forEach(finalizer -> finalizers.add(finalizer.asText()));
    return new GraphObject(
        id,
        object.uid(),
        object.revision(),
        owners(metadata),
        metadata.has("deletionTimestamp"),
        finalizers);
  }

  private static List<OwnerReference> owners(JsonNode metadata) {
    List<OwnerReference> owners = new ArrayList<>();
    for (JsonNode owner : metadata.path("ownerReferences")) {
      owners.add(
          new OwnerReference(
              owner.path("apiVersion").asText(),
              owner.path("kind").asText(),
              owner.path("name").asText(),
              owner.path("uid").asText(),
              owner.path("blockOwnerDeletion").asBoolean()));
    }
    return owners;
  }
}
