package dev.sallyport.resources.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Quoted;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.registry.Admission;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import java.util.Map;

/**
 * A new pod that names a RuntimeClass gets what that class costs and where it runs.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#runtimeclass">Kubernetes:
 *     RuntimeClass</a>
 */
public final class PodRuntimes implements Admission {

  private static final String OVERHEAD = "overhead";

  private final ResourceStore store;
  private final ObjectCodec codec;

  public PodRuntimes(ResourceStore store, ObjectCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  @Override
  public Answer<Request> admit(Request request) {
    ObjectNode pod = request.object();
    if (pod == null || !PodAdmission.isNewPod(request)) {
      return Answer.now(request);
    }
    ObjectNode spec = pod.withObjectProperty("spec");
    String name = spec.path("runtimeClassName").asText();
    if (name.isEmpty()) {
      overhead(request, spec, spec.objectNode());
      return Answer.now(request);
    }
    return store
        .get(new Key("runtimeclasses", "", name))
        .map(
            found -> {
              if (found.isEmpty()) {
                throw rejected(request, "RuntimeClass " + Quoted.of(name) + " not found");
              }
              ObjectNode runtime = codec.read(found.get().json());
              overhead(request, spec, runtime);
              place(request, spec, runtime.path("scheduling"));
              return request;
            });
  }

  private static void overhead(Request request, ObjectNode spec, ObjectNode runtime) {
    JsonNode costs = runtime.path(OVERHEAD).path("podFixed");
    JsonNode said = spec.path(OVERHEAD);
    if (!costs.isObject()) {
      if (!said.isEmpty()) {
        throw rejected(
            request, "Pod Overhead set without corresponding RuntimeClass defined Overhead");
      }
      return;
    }
    if (!said.isEmpty() && !said.equals(costs)) {
      throw rejected(request, "Pod's Overhead doesn't match RuntimeClass's defined Overhead");
    }
    spec.set(OVERHEAD, costs.deepCopy());
  }

  private static void place(Request request, ObjectNode spec, JsonNode scheduling) {
    for (Map.Entry<String, JsonNode> label : scheduling.path("nodeSelector").properties()) {
      ObjectNode selector = spec.withObjectProperty("nodeSelector");
      JsonNode there = selector.get(label.getKey());
      if (there != null && !there.equals(label.getValue())) {
        throw PodAdmission.forbidden(
            request,
            "conflict: runtimeClass.scheduling.nodeSelector[%s] = %s, pod.spec.nodeSelector[%s] = %s"
                .formatted(
                    label.getKey(), label.getValue().asText(), label.getKey(), there.asText()));
      }
      selector.set(label.getKey(), label.getValue());
    }
    for (JsonNode toleration : scheduling.path("tolerations")) {
      ArrayNode tolerations = spec.withArrayProperty("tolerations");
      if (!contains(tolerations, toleration)) {
        tolerations.add(toleration.deepCopy());
      }
    }
  }

  private static boolean contains(ArrayNode list, JsonNode value) {
    for (JsonNode item : list) {
      if (item.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static RuntimeException rejected(Request request, String why) {
    return PodAdmission.forbidden(request, "pod rejected: " + why);
  }
}
