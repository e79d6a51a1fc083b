package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import java.util.Locale;
import java.util.Set;

/**
 * CustomResourceDefinitions: what follows from what is said, what a definition begins with, and
 * that its objects go before it does.
 */
final class DefinitionStrategy implements KindStrategy {

  /** Holds a definition until its objects are gone. */
  static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

  private static final int HTTPS = 443;

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION, Trait.VERSIONED_UPDATES_ONLY, Trait.ANY_FINALIZER);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = object.withObjectProperty("spec");
    if (spec.get("names") instanceof ObjectNode names) {
      String kind = names.path("kind").asText();
      if (names.path("singular").asText().isEmpty() && !kind.isEmpty()) {
        names.put("singular", kind.toLowerCase(Locale.ROOT));
      }
      if (names.path("listKind").asText().isEmpty() && !kind.isEmpty()) {
        names.put("listKind", kind + "List");
      }
    }
    if (spec.path("conversion").path("strategy").asText().isEmpty()) {
      spec.withObjectProperty("conversion").put("strategy", "None");
    }
    JsonNode client = spec.path("conversion").path("webhook").path("clientConfig");
    if (client.get("service") instanceof ObjectNode service && !service.has("port")) {
      service.put("port", HTTPS);
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    object.remove("status");
    addStoredVersion(object);
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.keep("status", object, old);
    addStoredVersion(object);
  }

  /** Once a version has been the stored one, objects may be left in it. */
  private static void addStoredVersion(ObjectNode object) {
    for (JsonNode version : object.path("spec").path("versions")) {
      if (version.path("storage").asBoolean()) {
        String name = version.path("name").asText();
        ObjectNode status = object.withObjectProperty("status");
        ArrayNode stored = status.arrayNode();
        boolean known = false;
        for (JsonNode before : status.path("storedVersions")) {
          stored.add(before);
          known |= before.asText().equals(name);
        }
        status.set("storedVersions", known ? stored : stored.add(name));
      }
    }
  }

  @Override
  public void markDeleted(ObjectNode object, long gracePeriod) {
    KindStrategy.super.markDeleted(object, gracePeriod);
    ObjectNode metadata = object.withObjectProperty("metadata");
    ArrayNode finalizers = metadata.withArrayProperty("finalizers");
    for (JsonNode finalizer : finalizers) {
      if (finalizer.asText().equals(CLEANUP)) {
        return;
      }
    }
    finalizers.add(CLEANUP);
    Conditions.set(
        object,
        Conditions.TERMINATING,
        true,
        "InstanceDeletionPending",
        "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
        metadata.path("deletionTimestamp").asText());
  }

  @Override
  public void validateCreate(ObjectNode object, Faults faults) {
    DefinitionRules.check(object, faults);
  }

  /** What is not changed has been checked: by the rules of its time, which must not hold it now. */
  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    boolean same =
        object.path("spec").equals(old.path("spec"))
            && object.at("/metadata/annotations").equals(old.at("/metadata/annotations"));
    if (!same) {
      DefinitionRules.check(object, faults);
    }
    DefinitionRules.checkUpdate(object, old, faults);
  }
}
