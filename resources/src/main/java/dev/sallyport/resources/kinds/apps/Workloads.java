package dev.sallyport.resources.kinds.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.pod.PodTemplates;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Selectors;

/** What workloads that keep pods running have in common. */
final class Workloads {

  private static final String TEMPLATE = "template";

  private Workloads() {}

  /** The specification with its template's defaults. */
  static ObjectNode defaulted(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    PodTemplates.applyDefaults(Defaults.object(spec, TEMPLATE));
    return spec;
  }

  /**
   * Checks that the selector is one, and picks something but not everything.
   *
   * @param kind as the fault about an empty selector names it
   */
  static void selector(Field spec, String kind) {
    Field selector = spec.at("selector");
    if (!selector.present()) {
      selector.required("");
      return;
    }
    selector.labelSelector();
    if (Selectors.picksAll(selector.node())) {
      selector.invalid("empty selector is invalid for " + kind);
    }
  }

  /** Checks that the selector picks the pods that the template makes. */
  static void selectorPicksTemplate(Field spec) {
    Field labels = spec.at(TEMPLATE, "metadata", "labels");
    JsonNode selector = spec.at("selector").node();
    if (Selectors.sound(selector) && !Selectors.matches(selector, labels.node())) {
      labels.invalidOrNull("`selector` does not match template `labels`");
    }
  }

  /**
   * Checks the template of pods that are to run for ever.
   *
   * @param kind as the fault about a deadline names it
   */
  static void template(Field spec, String kind) {
    Field template = spec.at(TEMPLATE);
    PodTemplates.validate(template, "Always");
    Field deadline = template.at("spec", "activeDeadlineSeconds");
    if (deadline.present()) {
      deadline.forbidden("activeDeadlineSeconds in " + kind + " is not Supported");
    }
  }

  /** Checks that each of these counts is none or at most the whole. */
  static void within(Field status, String whole, String detail, String... parts) {
    long most = status.at(whole).number();
    for (String part : parts) {
      if (status.at(part).number() > most) {
        status.at(part).invalid(detail);
      }
    }
  }

  /** Checks that the count of name collisions only grows. */
  static void collisions(Field status, JsonNode old) {
    Field count = status.at("collisionCount");
    if (count.number() < old.path("collisionCount").asLong()) {
      status.faults().invalid(count.path(), count.number(), "cannot be decremented");
    }
  }
}
