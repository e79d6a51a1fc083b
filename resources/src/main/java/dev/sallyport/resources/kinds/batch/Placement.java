package dev.sallyport.resources.kinds.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;

/**
 * The part of a pod template that says where pods may run, which a Job that has not started may
 * change.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#mutable-scheduling-directives">Mutable
 *     scheduling directives</a>
 */
final class Placement {

  private Placement() {}

  /** The old template with the new one's labels, annotations and places. */
  static JsonNode taken(JsonNode old, JsonNode template) {
    if (!(old.deepCopy() instanceof ObjectNode merged)
        || !(template.deepCopy() instanceof ObjectNode wanted)) {
      return old;
    }
    ObjectNode metadata = Defaults.object(merged, "metadata");
    ObjectNode wantedMetadata = Defaults.object(wanted, "metadata");
    KindStrategy.keep("labels", metadata, wantedMetadata);
    KindStrategy.keep("annotations", metadata, wantedMetadata);
    ObjectNode spec = Defaults.object(merged, "spec");
    ObjectNode wantedSpec = Defaults.object(wanted, "spec");
    KindStrategy.keep("nodeSelector", spec, wantedSpec);
    KindStrategy.keep("tolerations", spec, wantedSpec);
    KindStrategy.keep("schedulingGates", spec, wantedSpec);
    affinity(spec, wantedSpec);
    return merged;
  }

  /** Of the affinities only that to nodes. */
  private static void affinity(ObjectNode spec, ObjectNode wanted) {
    JsonNode nodes = wanted.path("affinity").path("nodeAffinity");
    if (spec.get("affinity") instanceof ObjectNode affinity) {
      affinity.remove("nodeAffinity");
      if (nodes.isObject()) {
        affinity.set("nodeAffinity", nodes);
      }
    } else if (nodes.isObject()) {
      spec.putObject("affinity").set("nodeAffinity", nodes);
    }
  }
}
