package dev.sallyport.resources.kinds.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.NameRule;
import dev.sallyport.resources.validation.Names;
import java.util.List;
import java.util.Set;

/**
 * StatefulSets: of what was asked for at first only a few fields may change, since pods and volumes
 * are named after the rest.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/">StatefulSets</a>
 */
final class StatefulSetStrategy implements KindStrategy {

  private static final String RETENTION = "persistentVolumeClaimRetentionPolicy";
  private static final String UPDATES = "updateStrategy";
  private static final int REVISIONS = 10;

  private static final List<String> CHANGEABLE =
      List.of(
          "replicas",
          "ordinals",
          "template",
          UPDATES,
          "revisionHistoryLimit",
          RETENTION,
          "minReadySeconds");

  @Override
  public NameRule nameRule() {
    return NameRule.LABEL;
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Workloads.defaulted(object);
    Defaults.text(spec, "podManagementPolicy", "OrderedReady");
    ObjectNode strategy = Defaults.object(spec, UPDATES);
    if (Defaults.lacks(strategy, "type")) {
      strategy.put("type", "RollingUpdate");
    }
    if (strategy.path("type").asText().equals("RollingUpdate")) {
      ObjectNode rolling = Defaults.object(strategy, "rollingUpdate");
      Defaults.number(rolling, "partition", 0);
    }
    ObjectNode retention = Defaults.object(spec, RETENTION);
    Defaults.text(retention, "whenDeleted", "Retain");
    Defaults.text(retention, "whenScaled", "Retain");
    Defaults.number(spec, "replicas", 1);
    Defaults.number(spec, "revisionHistoryLimit", REVISIONS);
    Defaults.objects(spec, "volumeClaimTemplates").forEach(StatefulSetStrategy::claim);
  }

  /** A claim inside is as complete as one that stands alone. */
  private static void claim(ObjectNode claim) {
    claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    Defaults.text(Defaults.object(claim, "spec"), "volumeMode", "Filesystem");
    Defaults.text(Defaults.object(claim, "status"), "phase", "Pending");
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    KindStrategy.super.prepareCreate(object);
    dropUnavailable(object);
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.super.prepareUpdate(object, old);
    dropUnavailable(object);
  }

  /**
   * The bound on unavailable pods is behind a gate of kube-apiserver's that is closed by default.
   */
  private static void dropUnavailable(ObjectNode object) {
    if (object.path("spec").path(UPDATES).path("rollingUpdate") instanceof ObjectNode rolling) {
      rolling.remove(RollingUpdates.UNAVAILABLE);
    }
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    Field policy = spec.at("podManagementPolicy");
    if (!policy.says("OrderedReady") && !policy.says("Parallel")) {
      policy.invalid("must be 'OrderedReady' or 'Parallel'");
    }
    RollingUpdates.statefulSet(spec.at(UPDATES));
    spec.at(RETENTION, "whenDeleted").oneOf("Retain", "Delete");
    spec.at(RETENTION, "whenScaled").oneOf("Retain", "Delete");
    spec.nonNegative("replicas", "minReadySeconds", "revisionHistoryLimit");
    spec.at("ordinals", "start").nonNegative();
    Workloads.selector(spec, "statefulset");
    spec.at("serviceName").isIfSet(Names::label);
    Workloads.selectorPicksTemplate(spec);
    Workloads.template(spec, "StatefulSet");
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    if (subresource.equals("status")) {
      status(Field.root(object, faults).at("status"), old);
      return;
    }
    if (!fixed(object).equals(fixed(old))) {
      faults.forbidden(
          "spec",
          "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
              + " 'updateStrategy', 'revisionHistoryLimit',"
              + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
    }
  }

  /** The part of the specification that stays. */
  private static JsonNode fixed(ObjectNode object) {
    JsonNode spec = object.path("spec").deepCopy();
    if (spec instanceof ObjectNode members) {
      members.remove(CHANGEABLE);
    }
    return spec;
  }

  private static void status(Field status, ObjectNode old) {
    status.nonNegative(
        "replicas",
        "readyReplicas",
        "currentReplicas",
        "updatedReplicas",
        "availableReplicas",
        "observedGeneration",
        "collisionCount");
    Workloads.within(
        status,
        "replicas",
        "cannot be greater than status.replicas",
        "readyReplicas",
        "currentReplicas",
        "updatedReplicas",
        "availableReplicas");
    Workloads.within(
        status,
        "readyReplicas",
        "cannot be greater than status.readyReplicas",
        "availableReplicas");
    Workloads.collisions(status, old.path("status"));
  }
}
