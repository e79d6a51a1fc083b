package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.pod.ClaimSpecRules;
import dev.sallyport.resources.kinds.pod.SpecDifference;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Quantity;
import java.util.Set;

/** PersistentVolumeClaims: bound once, and only ever larger. */
final class ClaimStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.ANSWERS_DELETED);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    Defaults.text(spec, "volumeMode", "Filesystem");
    if (spec.has("dataSource") && !spec.has("dataSourceRef")) {
      spec.set("dataSourceRef", spec.get("dataSource").deepCopy());
    } else if (spec.has("dataSourceRef")
        && !spec.has("dataSource")
        && !spec.path("dataSourceRef").has("namespace")) {
      spec.set("dataSource", spec.get("dataSourceRef").deepCopy());
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    object.putObject("status").put("phase", "Pending");
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    ClaimSpecRules.check(Field.root(object, faults).at("spec"));
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    if (!subresource.isEmpty()) {
      return;
    }
    Field spec = Field.root(object, faults).at("spec");
    ObjectNode before = old.path("spec").deepCopy();
    ObjectNode now = spec.node().deepCopy();
    if (before.path("volumeName").asText().isEmpty()) {
      KindStrategy.keep("volumeName", before, now);
    }
    if (!before.has("storageClassName")) {
      KindStrategy.keep("storageClassName", before, now);
    }
    if (object.path("status").path("phase").asText().equals("Bound")) {
      JsonNode size = before.path("resources").path("requests").path("storage");
      if (now.path("resources").path("requests") instanceof ObjectNode requests
          && !size.isMissingNode()) {
        requests.set("storage", size);
      }
      KindStrategy.keep("volumeAttributesClassName", now, before);
    }
    if (!now.equals(before)) {
      spec.forbidden(
          "spec is immutable after creation except resources.requests and"
              + " volumeAttributesClassName for bound claims\n"
              + SpecDifference.of(before, now));
    }
    size(spec.at("resources", "requests", "storage"), old);
    Field.root(object, faults)
        .at("volumeMode")
        .with(spec.at("volumeMode").node())
        .unchangedFrom(old.path("spec").path("volumeMode"));
  }

  private static void size(Field size, JsonNode old) {
    String before = old.path("spec").path("resources").path("requests").path("storage").asText();
    String there = old.path("status").path("capacity").path("storage").asText();
    boolean smaller = Quantity.of(size.text()).compareTo(Quantity.of(before)) < 0;
    if (smaller && Quantity.of(size.text()).compareTo(Quantity.of(there)) <= 0) {
      size.forbidden("field can not be less than status.capacity");
    }
  }
}
