package dev.sallyport.server.endpoint.pod;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.registry.Body;
import dev.sallyport.resources.registry.QueryParameters;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import java.util.List;
import java.util.function.Supplier;

/**
 * The objects that the subresources here read and change, for a user who was let in already. Any
 * thread; never blocks; what is refused comes as a failed answer.
 */
public final class StoredObjects {

  private final ResourceRegistry registry;
  private final ResourceCatalogue catalogue;
  private final ObjectCodec codec;

  public StoredObjects(ResourceRegistry registry, ResourceCatalogue catalogue, ObjectCodec codec) {
    this.registry = registry;
    this.catalogue = catalogue;
    this.codec = codec;
  }

  /** One object of the core group; a failed answer with 404 when there is none. */
  Answer<ObjectNode> get(UserInfo user, String plural, String namespace, String name) {
    return attempt(
        () ->
            registry
                .get(ResourceCall.of(user, resource("", plural), namespace, name))
                .map(object -> codec.read(object.json())));
  }

  /** All objects of a namespace. */
  Answer<List<ObjectNode>> list(UserInfo user, String group, String plural, String namespace) {
    return attempt(
        () ->
            registry
                .list(ResourceCall.of(user, resource(group, plural), namespace, ""))
                .map(
                    found ->
                        found.objects().stream()
                            .map(object -> codec.read(object.json()))
                            .toList()));
  }

  /** Changes an object as its subresource does. */
  Answer<Boolean> change(ResourceCall call, ResourceRegistry.ObjectChange change) {
    return attempt(() -> registry.change(call, change).map(result -> true));
  }

  /**
   * @param options DeleteOptions, or an empty object
   */
  Answer<Boolean> delete(ResourceCall call, ObjectNode options) {
    return attempt(
        () ->
            registry
                .delete(
                    call,
                    options.isEmpty() ? Body.NONE : new Body(BodyFormat.JSON, codec.write(options)))
                .map(result -> true));
  }

  ResourceCall call(
      UserInfo user,
      String group,
      String plural,
      String namespace,
      String name,
      String subresource,
      QueryParameters query) {
    return new ResourceCall(user, resource(group, plural), namespace, name, subresource, query);
  }

  private ResourceDefinition resource(String group, String plural) {
    ResourceDefinition found = catalogue.find(group, "v1", plural);
    if (found == null) {
      throw new StatusException(Status.notFound(group, plural, ""));
    }
    return found;
  }

  private static <T> Answer<T> attempt(Supplier<Answer<T>> call) {
    try {
      return call.get();
    } catch (StatusException refusal) {
      return Answer.failed(refusal);
    }
  }

  /** What a subresource says that was done: a Status without more. */
  static ObjectNode done() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    return status.put("status", "Success").put("code", 201);
  }
}
