package dev.sallyport.resources.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.registry.Admission;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pod's priority is its class's.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/">Pod
 *     priority and preemption</a>
 */
public final class PodPriority implements Admission {

  private static final String CLASSES = "priorityclasses";

  private final ResourceStore store;
  private final ObjectCodec codec;

  public PodPriority(ResourceStore store, ObjectCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  @Override
  public Answer<Request> admit(Request request) {
    ObjectNode object = request.object();
    if (object == null) {
      return Answer.now(request);
    }
    return PodAdmission.isPod(request) ? pod(request, object) : Answer.now(request);
  }

  private Answer<Request> pod(Request request, ObjectNode pod) {
    ObjectNode spec = pod.withObjectProperty("spec");
    ObjectNode old = request.old();
    if (old != null) {
      // A manifest need not name what the server computed.
      carryOver(spec, old.path("spec"), "priority");
      carryOver(spec, old.path("spec"), "preemptionPolicy");
      return Answer.now(request);
    }
    String name = spec.path("priorityClassName").asText();
    Answer<Priority> priority = name.isEmpty() ? byDefault() : named(request, name);
    return priority.map(
        found -> {
          apply(request, spec, found);
          return request;
        });
  }

  private static void carryOver(ObjectNode spec, JsonNode old, String member) {
    if (!spec.has(member) && old.has(member)) {
      spec.set(member, old.get(member));
    }
  }

  /** What a class gives; {@code name} is "" where there is none. */
  private record Priority(String name, int value, String preemption) {}

  private Answer<Priority> named(Request request, String name) {
    return store
        .get(new Key(CLASSES, "", name))
        .map(
            found -> {
              if (found.isEmpty()) {
                throw PodAdmission.forbidden(
                    request, "no PriorityClass with name " + name + " was found");
              }
              return priority(codec.read(found.get().json()));
            });
  }

  private Answer<Priority> byDefault() {
    return classes()
        .map(
            stored -> {
              Priority lowest = null;
              for (StoredObject object : stored) {
                ObjectNode candidate = codec.read(object.json());
                if (candidate.path("globalDefault").asBoolean()) {
                  lowest = lower(lowest, priority(candidate));
                }
              }
              return lowest == null ? new Priority("", 0, "PreemptLowerPriority") : lowest;
            });
  }

  /** Should there be several after all, the one that harms least. */
  private static Priority lower(@Nullable Priority one, Priority other) {
    return one == null || other.value() < one.value() ? other : one;
  }

  private static Priority priority(ObjectNode priorityClass) {
    String preemption = priorityClass.path("preemptionPolicy").asText();
    return new Priority(
        priorityClass.path("metadata").path("name").asText(),
        priorityClass.path("value").asInt(),
        preemption.isEmpty() ? "PreemptLowerPriority" : preemption);
  }

  private static void apply(Request request, ObjectNode spec, Priority priority) {
    if (!priority.name().isEmpty()) {
      spec.put("priorityClassName", priority.name());
    }
    JsonNode given = spec.path("priority");
    if (given.isNumber() && given.asInt() != priority.value()) {
      throw PodAdmission.forbidden(
          request,
          "the integer value of priority (%d) must not be provided in pod spec; priority admission"
                  .formatted(given.asInt())
              + " controller computed %d from the given PriorityClass name"
                  .formatted(priority.value()));
    }
    spec.put("priority", priority.value());
    String preemption = spec.path("preemptionPolicy").asText();
    if (!preemption.isEmpty() && !preemption.equals(priority.preemption())) {
      throw PodAdmission.forbidden(
          request,
          "the string value of PreemptionPolicy (%s) must not be provided in pod spec; priority"
                  .formatted(preemption)
              + " admission controller computed %s from the given PriorityClass name"
                  .formatted(priority.preemption()));
    }
    spec.put("preemptionPolicy", priority.preemption());
  }

  private Answer<List<StoredObject>> classes() {
    return store
        .list(CLASSES, "", ResourceStore.ListOptions.ALL)
        .map(ResourceStore.Listing::objects);
  }
}
