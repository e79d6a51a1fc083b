package dev.sallyport.resources.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.registry.Admission;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.ResourceStore.ListOptions;
import dev.sallyport.store.StoredObject;
import java.util.Set;

/**
 * At most one PriorityClass is the default of all pods, and the system's own stay.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#priority">Kubernetes:
 *     Priority</a>
 */
public final class PriorityClasses implements Admission {

  private static final String GROUP = "scheduling.k8s.io";
  private static final String PLURAL = "priorityclasses";
  private static final Set<String> SYSTEM =
      Set.of("system-node-critical", "system-cluster-critical");

  private final ResourceStore store;
  private final ObjectCodec codec;

  public PriorityClasses(ResourceStore store, ObjectCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  @Override
  public Answer<Request> admit(Request request) {
    if (!request.resource().collection().equals(PLURAL)) {
      return Answer.now(request);
    }
    ObjectNode object = request.object();
    if (object == null) {
      if (SYSTEM.contains(request.name())) {
        throw forbidden(request.name(), "this is a system priority class and cannot be deleted");
      }
      return Answer.now(request);
    }
    if (!object.path("globalDefault").asBoolean()) {
      return Answer.now(request);
    }
    return store
        .list(PLURAL, "", ListOptions.ALL)
        .map(
            listing -> {
              listing.objects().forEach(other -> refuseSecond(other, request.name()));
              return request;
            });
  }

  private void refuseSecond(StoredObject other, String name) {
    ObjectNode there = codec.read(other.json());
    String taken = there.path("metadata").path("name").asText();
    if (there.path("globalDefault").asBoolean() && !taken.equals(name)) {
      throw forbidden(
          name,
          "PriorityClass " + taken + " is already marked as default. Only one default can exist");
    }
  }

  private static StatusException forbidden(String name, String why) {
    return new StatusException(
        Status.forbidden(
            GROUP, PLURAL, name, PLURAL + "." + GROUP + " \"" + name + "\" is forbidden: " + why));
  }
}
