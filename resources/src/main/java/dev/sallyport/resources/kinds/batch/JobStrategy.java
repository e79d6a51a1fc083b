package dev.sallyport.resources.kinds.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.pod.PodTemplates;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import dev.sallyport.resources.validation.Selectors;
import java.util.Set;

/**
 * Jobs. What they run is settled when they are made; while one is suspended and has not run yet,
 * where its pods may run can still be changed.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/job/">Jobs</a>
 */
final class JobStrategy implements KindStrategy {

  private static final int RETRIES = 6;

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION, Trait.ORPHANS_BY_DEFAULT);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    if (Defaults.lacks(spec, "completions") && Defaults.lacks(spec, "parallelism")) {
      spec.put("completions", 1);
    }
    Defaults.number(spec, "parallelism", 1);
    boolean perIndex = !Defaults.lacks(spec, "backoffLimitPerIndex");
    Defaults.number(spec, "backoffLimit", perIndex ? Integer.MAX_VALUE : RETRIES);
    ObjectNode template = Defaults.object(spec, "template");
    PodTemplates.applyDefaults(template);
    labels(object, template.path("metadata").path("labels"));
    Defaults.text(spec, "completionMode", "NonIndexed");
    Defaults.flag(spec, "suspend", false);
    Defaults.flag(spec, "manualSelector", false);
    boolean policy = !Defaults.lacks(spec, "podFailurePolicy");
    Defaults.text(spec, "podReplacementPolicy", policy ? "Failed" : "TerminatingOrFailed");
    for (ObjectNode rule : Defaults.objects(spec.path("podFailurePolicy"), "rules")) {
      Defaults.objects(rule, "onPodConditions")
          .forEach(condition -> Defaults.text(condition, "status", "True"));
    }
  }

  /** A Job without labels takes its template's. */
  private static void labels(ObjectNode object, JsonNode templates) {
    ObjectNode metadata = Defaults.object(object, "metadata");
    if (templates.size() > 0 && metadata.path("labels").isEmpty()) {
      metadata.set("labels", templates.deepCopy());
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    KindStrategy.super.prepareCreate(object);
    JobSelector.generate(object);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    Field spec = root.at("spec");
    JobRules.check(spec);
    Field selector = spec.at("selector");
    if (selector.present()) {
      selector.labelSelector();
    } else {
      selector.required("");
    }
    Field labels = spec.at("template", "metadata", "labels");
    if (Selectors.sound(selector.node()) && !Selectors.matches(selector.node(), labels.node())) {
      labels.invalidOrNull("`selector` does not match template `labels`");
    }
  }

  @Override
  public void validateCreate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    JobSelector.check(root);
    Field spec = root.at("spec");
    if (spec.at("completionMode").says("Indexed") && spec.at("completions").number() > 0) {
      Field name = root.at("metadata", "name");
      String last = name.text() + "-" + (spec.at("completions").number() - 1);
      if (!Names.label(last).isEmpty()) {
        name.invalid("will not able to create pod with invalid DNS label: " + last);
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    Field root = Field.root(object, faults);
    if (subresource.equals("status")) {
      root.at("status").nonNegative("active", "succeeded", "failed", "ready", "terminating");
      return;
    }
    Field spec = root.at("spec");
    JsonNode before = old.path("spec");
    completions(spec, before);
    spec.unchangedIn(before, "selector");
    Field template = spec.at("template");
    JsonNode settled =
        mayMove(old)
            ? Placement.taken(before.path("template"), template.node())
            : before.path("template");
    if (!PodTemplates.same(template.node(), settled)) {
      template.invalid("field is immutable");
    }
    spec.unchangedIn(
        before,
        "completionMode",
        "podFailurePolicy",
        "backoffLimitPerIndex",
        "managedBy",
        "successPolicy");
  }

  private static boolean mayMove(ObjectNode old) {
    return old.path("spec").path("suspend").asBoolean()
        && Defaults.lacks(old.path("status"), "startTime");
  }

  /** The number of indexes may follow the number of pods at a time. */
  private static void completions(Field spec, JsonNode before) {
    Field completions = spec.at("completions");
    boolean elastic =
        spec.at("completionMode").says("Indexed")
            && completions.present()
            && !Defaults.lacks(before, "completions");
    if (!elastic) {
      if (completions.node().asLong(-1) != before.path("completions").asLong(-1)) {
        completions.invalidOrNull("field is immutable");
      }
    } else if (completions.number() != before.path("completions").asLong()
        && completions.number() != spec.at("parallelism").number()) {
      completions.invalid("can only be modified in tandem with spec.parallelism");
    }
  }
}
