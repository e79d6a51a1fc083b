package dev.sallyport.controllers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Objects in a map, told to observers within each write. */
public final class FakeObjects implements ObjectClient {

  private record Place(ResourceId resource, String namespace, String name)
      implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return toString().compareTo(other.toString());
    }
  }

  private final Map<Place, ObjectNode> objects = new TreeMap<>();
  private final List<Map.Entry<ResourceId, Observer>> observers = new ArrayList<>();
  public final List<String> writes = new ArrayList<>();

  public static ObjectNode json(String text) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  public void put(ResourceId resource, String namespace, ObjectNode object) {
    String name = object.path("metadata").path("name").asText();
    objects.put(new Place(resource, namespace, name), object);
    tell(resource, observer -> observer.present(object));
  }

  public ObjectNode read(ResourceId resource, String namespace, String name) {
    ObjectNode object = objects.get(new Place(resource, namespace, name));
    if (object == null) {
      throw new AssertionError("no " + resource + " " + name);
    }
    return object;
  }

  private void tell(ResourceId resource, java.util.function.Consumer<Observer> action) {
    observers.forEach(
        entry -> {
          if (entry.getKey().equals(resource)) {
            action.accept(entry.getValue());
          }
        });
  }

  @Override
  public Answer<Optional<ObjectNode>> get(ResourceId resource, String namespace, String name) {
    return Answer.now(
        Optional.ofNullable(objects.get(new Place(resource, namespace, name)))
            .map(ObjectNode::deepCopy));
  }

  @Override
  public Answer<List<ObjectNode>> list(ResourceId resource, String namespace) {
    return Answer.now(
        objects.entrySet().stream()
            .filter(entry -> entry.getKey().resource().equals(resource))
            .map(entry -> entry.getValue().deepCopy())
            .toList());
  }

  @Override
  public Answer<ObjectNode> create(ResourceId resource, String namespace, ObjectNode object) {
    String name = object.path("metadata").path("name").asText();
    if (objects.containsKey(new Place(resource, namespace, name))) {
      return Answer.failed(
          new StatusException(Status.alreadyExists(resource.group(), resource.plural(), name)));
    }
    writes.add("create " + resource.plural() + " " + name);
    put(resource, namespace, object);
    return Answer.now(object);
  }

  @Override
  public Answer<ObjectNode> update(
      ResourceId resource,
      String namespace,
      String name,
      String subresource,
      UnaryOperator<ObjectNode> change) {
    ObjectNode current = objects.get(new Place(resource, namespace, name));
    if (current == null) {
      return Answer.failed(
          new StatusException(Status.notFound(resource.group(), resource.plural(), name)));
    }
    ObjectNode changed = change.apply(current.deepCopy());
    if (!changed.equals(current)) {
      writes.add("update " + resource.plural() + " " + name);
      put(resource, namespace, changed);
    }
    return Answer.now(changed);
  }

  @Override
  public Answer<Boolean> delete(ResourceId resource, String namespace, String name, String uid) {
    ObjectNode last = objects.remove(new Place(resource, namespace, name));
    if (last != null) {
      writes.add("delete " + resource.plural() + " " + name);
      tell(resource, observer -> observer.gone(last));
    }
    return Answer.now(last != null);
  }

  @Override
  public void observe(ResourceId resource, Observer observer) {
    observers.add(Map.entry(resource, observer));
    for (JsonNode object : ((Answer.Now<List<ObjectNode>>) list(resource, "")).value()) {
      observer.present(object);
    }
  }
}
