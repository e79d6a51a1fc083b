package dev.sallyport.resources.kinds.apps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import java.util.Set;

/**
 * ReplicaSets.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/">ReplicaSet</a>
 */
final class ReplicaSetStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    Defaults.number(Workloads.defaulted(object), "replicas", 1);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    spec.nonNegative("replicas", "minReadySeconds");
    Workloads.selector(spec, "deployment");
    Workloads.selectorPicksTemplate(spec);
    Workloads.template(spec, "ReplicaSet");
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    if (subresource.equals("status")) {
      status(Field.root(object, faults).at("status"));
    } else {
      Field.root(object, faults)
          .at("spec", "selector")
          .unchangedFrom(old.path("spec").path("selector"));
    }
  }

  private static void status(Field status) {
    status.nonNegative(
        "replicas",
        "fullyLabeledReplicas",
        "readyReplicas",
        "availableReplicas",
        "terminatingReplicas",
        "observedGeneration");
    Workloads.within(
        status,
        "replicas",
        "cannot be greater than status.replicas",
        "fullyLabeledReplicas",
        "readyReplicas",
        "availableReplicas");
    Workloads.within(
        status, "readyReplicas", "cannot be greater than readyReplicas", "availableReplicas");
  }
}
