package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.controllers.namespace.NamespaceContent;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.registry.Body;
import dev.sallyport.resources.registry.QueryParameters;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.store.ResourceStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** What a namespace holds, kind by kind, as the registry deletes it. */
final class RegistryNamespaceContent implements NamespaceContent {
  private static final UserInfo SERVER =
      UserInfo.of(WellKnown.USER_APISERVER, WellKnown.GROUP_MASTERS);
  private static final String FINALIZER = "kubernetes";

  private final ResourceRegistry registry;
  private final ResourceStore store;
  private final ResourceCatalogue catalogue;

  RegistryNamespaceContent(
      ResourceRegistry registry, ResourceStore store, ResourceCatalogue catalogue) {
    this.registry = registry;
    this.store = store;
    this.catalogue = catalogue;
  }

  @Override
  public Answer<Integer> delete(String namespace) {
    Answer<Integer> left = Answer.now(0);
    for (ResourceDefinition resource : namespaced()) {
      left = left.then(before -> delete(resource, namespace).map(remaining -> before + remaining));
    }
    return left;
  }

  /** One version of every kind that lives in namespaces. */
  private List<ResourceDefinition> namespaced() {
    Map<String, ResourceDefinition> byCollection = new LinkedHashMap<>();
    for (ResourceGroup group : catalogue.groups()) {
      for (ResourceGroup.Version version : group.versions()) {
        for (ResourceDefinition resource : version.resources()) {
          if (resource.namespaced() && resource.stored()) {
            byCollection.putIfAbsent(resource.collection(), resource);
          }
        }
      }
    }
    return List.copyOf(byCollection.values());
  }

  private Answer<Integer> delete(ResourceDefinition resource, String namespace) {
    return count(resource, namespace)
        .then(
            there ->
                there == 0
                    ? Answer.now(0)
                    : registry
                        .deleteCollection(
                            ResourceCall.of(SERVER, resource, namespace, ""), Body.NONE)
                        .then(deleted -> count(resource, namespace)));
  }

  private Answer<Integer> count(ResourceDefinition resource, String namespace) {
    return store
        .list(resource.collection(), namespace, ResourceStore.ListOptions.ALL)
        .map(listing -> listing.objects().size());
  }

  @Override
  public Answer<Boolean> release(String namespace) {
    ResourceDefinition namespaces =
        Objects.requireNonNull(catalogue.find("", "v1", "namespaces"), "namespaces");
    ResourceCall call =
        new ResourceCall(SERVER, namespaces, "", namespace, "finalize", QueryParameters.NONE);
    try {
      return gone(registry.change(call, RegistryNamespaceContent::withoutFinalizer));
    } catch (StatusException refusal) {
      return gone(Answer.failed(refusal));
    }
  }

  private static ObjectNode withoutFinalizer(ObjectNode current) {
    ObjectNode next = current.deepCopy();
    ArrayNode kept = next.arrayNode();
    for (JsonNode finalizer : current.path("spec").path("finalizers")) {
      if (!finalizer.asText().equals(FINALIZER)) {
        kept.add(finalizer);
      }
    }
    next.withObjectProperty("spec").set("finalizers", kept);
    return next;
  }

  /** Done; and so it is when somebody else was faster. */
  private static Answer<Boolean> gone(Answer<?> release) {
    return Answer.later(
        release
            .toStage()
            .<Boolean>thenApply(done -> true)
            .exceptionallyCompose(
                failure ->
                    Answer.unwrap(failure) instanceof StatusException refusal
                            && refusal.status().code() == 404
                        ? CompletableFuture.completedFuture(true)
                        : CompletableFuture.failedFuture(failure)));
  }
}
