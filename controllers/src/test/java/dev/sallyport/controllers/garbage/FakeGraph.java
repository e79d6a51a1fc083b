package dev.sallyport.controllers.garbage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.garbage.GraphObject.ObjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Objects in a map that finalizers hold as they do in the store. */
final class FakeGraph implements ObjectGraph {
  private record Stored(ObjectId id, ObjectNode json, long revision) {}

  private final Map<String, Stored> objects = new TreeMap<>();
  private final List<Observer> observers = new ArrayList<>();
  final List<String> deletions = new ArrayList<>();
  private long revision;

  static ObjectId id(String name) {
    boolean cluster = name.startsWith("cluster-");
    return new ObjectId(
        new ResourceId("", cluster ? "nodes" : "configmaps"), cluster ? "" : "ns", name);
  }

  void put(String name, ObjectNode json) {
    store(id(name), json);
  }

  private void store(ObjectId id, ObjectNode json) {
    Stored stored = new Stored(id, json, ++revision);
    if (json.at("/metadata").has("deletionTimestamp")
        && json.at("/metadata/finalizers").isEmpty()) {
      objects.remove(id.name());
      observers.forEach(observer -> observer.gone(read(stored)));
    } else {
      objects.put(id.name(), stored);
      observers.forEach(observer -> observer.present(read(stored)));
    }
  }

  List<String> names() {
    return List.copyOf(objects.keySet());
  }

  ObjectNode json(String name) {
    Stored stored = objects.get(name);
    if (stored == null) {
      throw new AssertionError("no " + name);
    }
    return stored.json().deepCopy();
  }

  /** As a client deletes it. */
  void delete(String name, Propagation propagation) {
    ObjectNode json = json(name);
    ObjectNode metadata = json.withObjectProperty("metadata");
    ArrayNode finalizers = json.arrayNode();
    for (JsonNode finalizer : metadata.path("finalizers")) {
      String text = finalizer.asText();
      if (!text.equals(GraphObject.FOREGROUND) && !text.equals(GraphObject.ORPHAN)) {
        finalizers.add(text);
      }
    }
    if (propagation != Propagation.BACKGROUND) {
      finalizers.add(
          propagation == Propagation.ORPHAN ? GraphObject.ORPHAN : GraphObject.FOREGROUND);
    }
    metadata.set("finalizers", finalizers);
    metadata.put("deletionTimestamp", "2026-11-22T10:00:00Z");
    store(id(name), json);
  }

  private static GraphObject read(Stored stored) {
    JsonNode metadata = stored.json().path("metadata");
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
    List<String> finalizers = new ArrayList<>();
    metadata.path("finalizers").forEach(finalizer -> finalizers.add(finalizer.asText()));
    return new GraphObject(
        stored.id(),
        metadata.path("uid").asText(),
        stored.revision(),
        owners,
        metadata.has("deletionTimestamp"),
        finalizers);
  }

  @Override
  public void observe(Observer observer) {
    observers.add(observer);
    List.copyOf(objects.values()).forEach(stored -> observer.present(read(stored)));
  }

  @Override
  public @Nullable GraphObject find(ObjectId id) {
    Stored stored = objects.get(id.name());
    return stored == null || !stored.id().equals(id) ? null : read(stored);
  }

  @Override
  public @Nullable Kind kind(String apiVersion, String kind) {
    return switch (kind) {
      case "ConfigMap" -> new Kind(new ResourceId("", "configmaps"), true);
      case "Node" -> new Kind(new ResourceId("", "nodes"), false);
      default -> null;
    };
  }

  @Override
  public Answer<Boolean> delete(GraphObject object, Propagation propagation) {
    Stored stored = objects.get(object.id().name());
    if (stored == null || stored.revision() != object.revision()) {
      return Answer.failed(
          new StatusException(Status.conflict("", "configmaps", object.id().name(), "changed")));
    }
    deletions.add(object.id().name() + " " + propagation);
    delete(object.id().name(), propagation);
    return Answer.now(true);
  }

  @Override
  public Answer<Boolean> update(ObjectId id, String uid, UnaryOperator<ObjectNode> change) {
    Stored stored = objects.get(id.name());
    if (stored != null && stored.json().at("/metadata/uid").asText().equals(uid)) {
      ObjectNode changed = change.apply(stored.json().deepCopy());
      if (!changed.equals(stored.json())) {
        store(id, changed);
      }
    }
    return Answer.now(true);
  }
}
