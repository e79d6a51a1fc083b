package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.pod.AffinityRules;
import dev.sallyport.resources.kinds.pod.ClaimSpecRules;
import dev.sallyport.resources.kinds.pod.SpecDifference;
import dev.sallyport.resources.kinds.pod.VolumeDefaults;
import dev.sallyport.resources.kinds.pod.VolumeRules;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import dev.sallyport.resources.validation.Quantity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/** PersistentVolumes: where they are stays as it was said first. */
final class PersistentVolumeStrategy implements KindStrategy {

  /** What a volume says beside where it is. */
  private static final Set<String> GENERAL =
      Set.of(
          "accessModes",
          "capacity",
          "claimRef",
          "mountOptions",
          "nodeAffinity",
          "persistentVolumeReclaimPolicy",
          "storageClassName",
          "volumeAttributesClassName",
          "volumeMode");

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.ANSWERS_DELETED);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    Defaults.text(spec, "persistentVolumeReclaimPolicy", "Retain");
    Defaults.text(spec, "volumeMode", "Filesystem");
    VolumeDefaults.source(spec);
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    JsonNode now = object.path("metadata").path("creationTimestamp");
    object.putObject("status").put("phase", "Pending").set("lastPhaseTransitionTime", now);
  }

  @Override
  public void prepareSubresourceUpdate(
      String subresource, ObjectNode object, ObjectNode old, Instant now) {
    prepareStatusUpdate(object, old);
    JsonNode before = old.path("status");
    ObjectNode status = Defaults.object(object, "status");
    boolean moved = !status.path("phase").equals(before.path("phase"));
    boolean told =
        !status.path("lastPhaseTransitionTime").equals(before.path("lastPhaseTransitionTime"));
    if (moved && !told) {
      String second = now.truncatedTo(ChronoUnit.SECONDS).toString();
      status.put("lastPhaseTransitionTime", second);
    }
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    ClaimSpecRules.accessModes(spec.at("accessModes"), "");
    capacity(spec.at("capacity"));
    spec.at("persistentVolumeReclaimPolicy").oneOfIfSet("Delete", "Recycle", "Retain");
    Field affinity = spec.at("nodeAffinity");
    if (affinity.present()) {
      if (affinity.at("required").present()) {
        AffinityRules.nodeSelector(affinity.at("required"));
      } else {
        affinity.at("required").required("must specify required node constraints");
      }
    }
    source(spec);
    spec.at("storageClassName").isIfSet(Names::subdomain);
    spec.at("volumeMode").oneOfIfSet("Block", "Filesystem");
  }

  private static void capacity(Field capacity) {
    capacity.given();
    if (capacity.size() != 1 || !capacity.entry("storage").present()) {
      String shown = capacity.present() ? capacity.node().toString() : "null";
      capacity.faults().unsupportedValue(capacity.path(), shown, "storage");
    }
    capacity.entries(
        entry -> {
          if (Quantity.of(entry.getValue().text()).signum() <= 0) {
            entry.getValue().invalid("must be greater than zero");
          }
        });
  }

  private static void source(Field spec) {
    boolean typed = false;
    for (Map.Entry<String, JsonNode> member : spec.node().properties()) {
      if (GENERAL.contains(member.getKey())) {
        continue;
      }
      Field source = spec.at(member.getKey());
      if (typed) {
        source.forbidden("may not specify more than 1 volume type");
        continue;
      }
      typed = true;
      VolumeRules.source(member.getKey(), source);
      if (member.getKey().equals("local")) {
        source.at("path").given();
        if (!spec.at("nodeAffinity").present()) {
          spec.at("nodeAffinity").required("Local volume requires node affinity");
        }
      }
    }
    if (!typed) {
      spec.required("must specify a volume type");
    }
    if (spec.at("hostPath", "path").says("/")
        && spec.at("persistentVolumeReclaimPolicy").says("Recycle")) {
      spec.at("persistentVolumeReclaimPolicy")
          .forbidden("may not be 'recycle' for a hostPath mount of '/'");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    ObjectNode now = sources(spec.node());
    ObjectNode before = sources(old.path("spec"));
    if (now.path("csi") instanceof ObjectNode csi
        && before.has("csi")
        && !before.path("csi").has("controllerExpandSecretRef")) {
      csi.remove("controllerExpandSecretRef");
    }
    if (!now.equals(before)) {
      spec.at("persistentvolumesource")
          .forbidden(
              "spec.persistentvolumesource is immutable after creation\n"
                  + SpecDifference.of(before, now));
    }
    Field root = Field.root(object, faults);
    root.at("volumeMode")
        .with(spec.at("volumeMode").node())
        .unchangedFrom(old.path("spec").path("volumeMode"));
    JsonNode affinity = old.path("spec").path("nodeAffinity");
    if (affinity.isObject()) {
      root.at("nodeAffinity").with(spec.at("nodeAffinity").node()).unchangedFrom(affinity);
    }
  }

  private static ObjectNode sources(JsonNode spec) {
    ObjectNode sources =
        spec instanceof ObjectNode there ? there.deepCopy() : JsonNodeFactory.instance.objectNode();
    return sources.remove(GENERAL);
  }
}
