package dev.sallyport.resources.kinds.apps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import java.util.Set;

/**
 * Deployments.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/">Deployments</a>
 */
final class DeploymentStrategy implements KindStrategy {

  private static final int REVISIONS = 10;
  private static final int PROGRESS_SECONDS = 600;

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Workloads.defaulted(object);
    Defaults.number(spec, "replicas", 1);
    ObjectNode strategy = Defaults.object(spec, "strategy");
    Defaults.text(strategy, "type", "RollingUpdate");
    if (strategy.path("type").asText().equals("RollingUpdate")) {
      ObjectNode rolling = Defaults.object(strategy, "rollingUpdate");
      Defaults.text(rolling, RollingUpdates.UNAVAILABLE, "25%");
      Defaults.text(rolling, RollingUpdates.SURGE, "25%");
    }
    Defaults.number(spec, "revisionHistoryLimit", REVISIONS);
    Defaults.number(spec, "progressDeadlineSeconds", PROGRESS_SECONDS);
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.keep("status", object, old);
    // A rollout is told by annotations too, so they count as a change of what is wanted.
    ObjectNode metadata = object.withObjectProperty("metadata");
    if (!Field.same(metadata.path("annotations"), old.path("metadata").path("annotations"))) {
      metadata.put("generation", old.path("metadata").path("generation").asLong() + 1);
    }
  }

  @Override
  public void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.super.prepareStatusUpdate(object, old);
    KindStrategy.keep(
        "labels", object.withObjectProperty("metadata"), old.withObjectProperty("metadata"));
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    spec.at("replicas").nonNegative();
    Workloads.selector(spec, "deployment");
    Workloads.selectorPicksTemplate(spec);
    Workloads.template(spec, "ReplicaSet");
    RollingUpdates.deployment(spec.at("strategy"));
    spec.nonNegative("minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds");
    Field deadline = spec.at("progressDeadlineSeconds");
    if (deadline.present() && deadline.number() <= spec.at("minReadySeconds").number()) {
      deadline.invalid("must be greater than minReadySeconds");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    if (subresource.equals("status")) {
      status(Field.root(object, faults).at("status"), old);
    } else {
      Field.root(object, faults)
          .at("spec", "selector")
          .unchangedFrom(old.path("spec").path("selector"));
    }
  }

  private static void status(Field status, ObjectNode old) {
    status.nonNegative(
        "observedGeneration",
        "replicas",
        "updatedReplicas",
        "terminatingReplicas",
        "readyReplicas",
        "availableReplicas",
        "unavailableReplicas",
        "collisionCount");
    Workloads.within(
        status,
        "replicas",
        "cannot be greater than status.replicas",
        "updatedReplicas",
        "readyReplicas",
        "availableReplicas");
    Workloads.within(
        status, "readyReplicas", "cannot be greater than readyReplicas", "availableReplicas");
    Workloads.collisions(status, old.path("status"));
  }
}
