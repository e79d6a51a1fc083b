package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.registry.Body;
import dev.sallyport.resources.registry.ObjectList;
import dev.sallyport.resources.registry.QueryParameters;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The controllers' way to objects: the registry, as the server itself. */
final class RegistryObjectClient implements ObjectClient {

  private static final UserInfo SERVER =
      UserInfo.of(WellKnown.USER_APISERVER, WellKnown.GROUP_MASTERS);

  private final ResourceRegistry registry;
  private final ResourceStore store;
  private final ObjectCodec codec;
  private final ResourceCatalogue catalogue;

  RegistryObjectClient(
      ResourceRegistry registry,
      ResourceStore store,
      ObjectCodec codec,
      ResourceCatalogue catalogue) {
    this.registry = registry;
    this.store = store;
    this.codec = codec;
    this.catalogue = catalogue;
  }

  @Override
  public Answer<Optional<ObjectNode>> get(ResourceId resource, String namespace, String name) {
    return found(carried(() -> registry.get(call(resource, namespace, name)).map(this::tree)));
  }

  @Override
  public Answer<List<ObjectNode>> list(ResourceId resource, String namespace) {
    return carried(() -> registry.list(call(resource, namespace, "")).map(this::trees));
  }

  @Override
  public Answer<ObjectNode> create(ResourceId resource, String namespace, ObjectNode object) {
    ResourceDefinition definition = definition(resource);
    return carried(
        () ->
            registry
                .create(
                    ResourceCall.of(SERVER, definition, namespace, ""),
                    codec.canonicalize(object, definition.kind(), FieldValidation.STRICT).object())
                .map(result -> tree(result.object())));
  }

  @Override
  public Answer<ObjectNode> update(
      ResourceId resource,
      String namespace,
      String name,
      String subresource,
      UnaryOperator<ObjectNode> change) {
    ResourceCall call =
        new ResourceCall(
            SERVER, definition(resource), namespace, name, subresource, QueryParameters.NONE);
    return carried(
        () ->
            registry
                .change(call, current -> change.apply(current.deepCopy()))
                .map(result -> tree(result.object())));
  }

  @Override
  public Answer<Boolean> delete(ResourceId resource, String namespace, String name, String uid) {
    return found(
            carried(
                () ->
                    registry
                        .delete(call(resource, namespace, name), options(uid))
                        .map(result -> true)))
        .map(Optional::isPresent);
  }

  @Override
  public void observe(ResourceId resource, Observer observer) {
    store.observe(
        definition(resource).collection(),
        event -> {
          ObjectNode object = tree(event.object());
          if (event.type() == WatchEvent.Type.DELETED) {
            observer.gone(object);
          } else {
            observer.present(object);
          }
        });
  }

  private static Body options(String uid) {
    if (uid.isEmpty()) {
      return Body.NONE;
    }
    String json =
        "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"preconditions\":{\"uid\":\""
            + uid
            + "\"}}";
    return new Body(BodyFormat.JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  private ResourceCall call(ResourceId resource, String namespace, String name) {
    return ResourceCall.of(SERVER, definition(resource), namespace, name);
  }

  private List<ObjectNode> trees(ObjectList list) {
    List<ObjectNode> trees = new ArrayList<>(list.objects().size());
    list.objects().forEach(object -> trees.add(tree(object)));
    return trees;
  }

  private ObjectNode tree(StoredObject object) {
    return codec.read(object.json());
  }

  /** The resource in its group's preferred version. */
  private ResourceDefinition definition(ResourceId id) {
    for (ResourceGroup group : catalogue.groups()) {
      if (group.name().equals(id.group())) {
        for (ResourceGroup.Version version : group.versions()) {
          ResourceDefinition definition = catalogue.find(id.group(), version.name(), id.plural());
          if (definition != null) {
            return definition;
          }
        }
      }
    }
    throw new IllegalArgumentException("no such resource: " + id);
  }

  /** A refusal carried by the answer, however the registry tells it. */
  private static <T> Answer<T> carried(Supplier<Answer<T>> call) {
    try {
      return call.get();
    } catch (RuntimeException refusal) {
      return Answer.failed(refusal);
    }
  }

  /** The answer, or empty when it is 404. */
  private static <T> Answer<Optional<T>> found(Answer<T> answer) {
    if (answer instanceof Answer.Now<T> now) {
      return Answer.now(Optional.of(now.value()));
    }
    CompletableFuture<Optional<T>> found = new CompletableFuture<>();
    answer.whenDone(
        (value, failure) -> {
          if (value != null) {
            found.complete(Optional.of(value));
          } else if (failure instanceof StatusException refusal
              && refusal.status().reason().equals(Reason.NOT_FOUND)) {
            found.complete(Optional.empty());
          } else {
            found.completeExceptionally(
                failure == null ? new IllegalStateException("no answer") : failure);
          }
        });
    return Answer.later(found);
  }
}
