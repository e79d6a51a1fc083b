package dev.sallyport.resources.kinds.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.pod.PodTemplates;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Selectors;
import java.util.Set;

/**
 * DaemonSets, which count the changes of their template in an annotation.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/">DaemonSet</a>
 */
final class DaemonSetStrategy implements KindStrategy {

  private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";
  private static final int REVISIONS = 10;

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Workloads.defaulted(object);
    ObjectNode strategy = Defaults.object(spec, "updateStrategy");
    Defaults.text(strategy, "type", "RollingUpdate");
    if (strategy.path("type").asText().equals("RollingUpdate")) {
      ObjectNode rolling = Defaults.object(strategy, "rollingUpdate");
      Defaults.number(rolling, RollingUpdates.UNAVAILABLE, 1);
      Defaults.number(rolling, RollingUpdates.SURGE, 0);
    }
    Defaults.number(spec, "revisionHistoryLimit", REVISIONS);
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    KindStrategy.super.prepareCreate(object);
    count(object, Math.max(1, counted(object)));
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.super.prepareUpdate(object, old);
    JsonNode template = object.path("spec").path("template");
    boolean same = PodTemplates.same(template, old.path("spec").path("template"));
    count(object, same ? counted(old) : counted(old) + 1);
  }

  private static long counted(ObjectNode object) {
    String text = object.path("metadata").path("annotations").path(TEMPLATE_GENERATION).asText();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static void count(ObjectNode object, long generation) {
    ObjectNode annotations = Defaults.object(Defaults.object(object, "metadata"), "annotations");
    annotations.put(TEMPLATE_GENERATION, Long.toString(generation));
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    Field selector = spec.at("selector");
    selector.labelSelector();
    Workloads.selectorPicksTemplate(spec);
    if (selector.present() && Selectors.picksAll(selector.node())) {
      selector.invalid("empty selector is invalid for daemonset");
    }
    Workloads.template(spec, "DaemonSet");
    spec.at("minReadySeconds").nonNegative();
    RollingUpdates.daemonSet(spec.at("updateStrategy"));
    spec.at("revisionHistoryLimit").nonNegative();
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    Field root = Field.root(object, faults);
    if (!subresource.equals("status")) {
      root.at("spec", "selector").unchangedFrom(old.path("spec").path("selector"));
      return;
    }
    Field status = root.at("status");
    status.nonNegative(
        "currentNumberScheduled",
        "numberMisscheduled",
        "desiredNumberScheduled",
        "numberReady",
        "observedGeneration",
        "updatedNumberScheduled",
        "numberAvailable",
        "numberUnavailable",
        "collisionCount");
    Workloads.collisions(status, old.path("status"));
  }
}
