package dev.sallyport.server.endpoint.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.review.Review;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * Places a pod on a node, once: what a scheduler does, by {@code pods/NAME/binding} or by {@code
 * bindings}.
 */
public final class PodBinding implements Review {

  private final StoredObjects objects;
  private final Clock clock;

  public PodBinding(StoredObjects objects, Clock clock) {
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public Answer<ObjectNode> answer(RequestContext context, ObjectNode binding) {
    String named = binding.path("metadata").path("name").asText();
    String path = context.info().subresource().isEmpty() ? named : context.info().name();
    if (!named.equals(path)) {
      throw new StatusException(
          Status.badRequest("name in URL does not match name in Binding object"));
    }
    check(binding.path("target"), path);
    ResourceCall call =
        objects.call(
            context.user(),
            "",
            "pods",
            context.info().namespace(),
            path,
            "binding",
            context.query());
    return objects
        .change(call, current -> placed(current, binding))
        .map(placed -> StoredObjects.done());
  }

  private static void check(JsonNode target, String name) {
    Faults faults = new Faults();
    String kind = target.path("kind").asText();
    if (!kind.isEmpty() && !kind.equals("Node")) {
      faults.unsupported("target.kind", kind, "Node", "<empty>");
    }
    if (target.path("name").asText().isEmpty()) {
      faults.required("target.name", "");
    }
    if (!faults.none()) {
      throw new StatusException(Status.invalid("", "Binding", name, faults.causes()));
    }
  }

  private ObjectNode placed(ObjectNode current, ObjectNode binding) {
    refuse(current, binding.path("metadata").path("uid").asText());
    ObjectNode pod = current.deepCopy();
    pod.withObjectProperty("spec").set("nodeName", binding.path("target").path("name"));
    for (String member : new String[] {"annotations", "labels"}) {
      JsonNode added = binding.path("metadata").path(member);
      added
          .properties()
          .forEach(
              entry ->
                  pod.withObjectProperty("metadata")
                      .withObjectProperty(member)
                      .set(entry.getKey(), entry.getValue()));
    }
    scheduled(pod.withObjectProperty("status").withArrayProperty("conditions"));
    return pod;
  }

  private static void refuse(ObjectNode pod, String uid) {
    String name = pod.path("metadata").path("name").asText();
    String there = pod.path("metadata").path("uid").asText();
    if (!uid.isEmpty() && !uid.equals(there)) {
      throw conflict(
          name,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, there));
    }
    if (pod.path("metadata").has("deletionTimestamp")) {
      throw conflict(name, "pod " + name + " is being deleted, cannot be assigned to a host");
    }
    String node = pod.path("spec").path("nodeName").asText();
    if (!node.isEmpty()) {
      throw conflict(name, "pod " + name + " is already assigned to node \"" + node + "\"");
    }
    if (!pod.path("spec").path("schedulingGates").isEmpty()) {
      throw conflict(name, "pod " + name + " has non-empty .spec.schedulingGates");
    }
  }

  private static StatusException conflict(String name, String why) {
    return new StatusException(Status.conflict("", "pods/binding", name, why));
  }

  private void scheduled(ArrayNode conditions) {
    ObjectNode condition = null;
    for (JsonNode one : conditions) {
      if (one.path("type").asText().equals("PodScheduled")) {
        condition = (ObjectNode) one;
      }
    }
    if (condition == null) {
      condition = conditions.addObject();
    }
    condition.removeAll();
    condition.put("type", "PodScheduled").put("status", "True");
    condition.put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
