package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.pod.PodTemplates;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import java.util.Map;
import java.util.Set;

/** ReplicationControllers: what they say about pods is their template's, if it is nowhere else. */
final class ReplicationControllerStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    Defaults.number(spec, "replicas", 1);
    if (!(spec.path("template") instanceof ObjectNode template)) {
      return;
    }
    PodTemplates.applyDefaults(template);
    JsonNode labels = template.path("metadata").path("labels");
    if (labels.isEmpty()) {
      return;
    }
    if (spec.path("selector").isEmpty()) {
      spec.set("selector", labels.deepCopy());
    }
    ObjectNode metadata = Defaults.object(object, "metadata");
    if (metadata.path("labels").isEmpty()) {
      metadata.set("labels", labels.deepCopy());
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    object.putObject("status").put("replicas", 0);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    Field spec = root.at("spec");
    spec.nonNegative("minReadySeconds");
    spec.at("selector").given();
    spec.nonNegative("replicas");
    Field template = spec.at("template");
    if (template.given()) {
      Field labels = template.at("metadata", "labels");
      if (!picks(spec.at("selector").node(), labels.node())) {
        labels.invalidOrNull("`selector` does not match template `labels`");
      }
      PodTemplates.validate(template, "Always");
      Field deadline = template.at("spec", "activeDeadlineSeconds");
      if (deadline.present()) {
        deadline.forbidden("activeDeadlineSeconds in ReplicationController is not Supported");
      }
    }
    status(root.at("status"));
  }

  private static boolean picks(JsonNode selector, JsonNode labels) {
    for (Map.Entry<String, JsonNode> label : selector.properties()) {
      if (!label.getValue().equals(labels.get(label.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static void status(Field status) {
    status.nonNegative(
        "replicas",
        "fullyLabeledReplicas",
        "readyReplicas",
        "availableReplicas",
        "observedGeneration");
    long all = status.at("replicas").number();
    for (String part :
        new String[] {"fullyLabeledReplicas", "readyReplicas", "availableReplicas"}) {
      if (status.at(part).number() > all) {
        status.at(part).invalid("cannot be greater than status.replicas");
      }
    }
    Field available = status.at("availableReplicas");
    if (available.number() > status.at("readyReplicas").number()) {
      available.invalid("cannot be greater than readyReplicas");
    }
  }
}
