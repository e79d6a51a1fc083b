package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.KindStrategy.Trait;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.MetadataValidation;
import dev.sallyport.store.Draft;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Steps that creations and updates share. */
final class ObjectRules {

  /** Beyond that no object is stored: etcd's own limit, so that what fits here fits there. */
  private static final int LARGEST = 3 << 19;

  private ObjectRules() {}

  static ObjectNode metadata(ObjectNode object) {
    return object.withObjectProperty("metadata");
  }

  static String text(ObjectNode metadata, String member) {
    return metadata.path(member).asText();
  }

  /** The time as objects carry it: UTC, to the second. */
  static String timestamp(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Refuses a body that names another namespace than the path; fills in one it leaves out. */
  static void placeInNamespace(ObjectNode object, ResourceCall call) {
    ObjectNode metadata = metadata(object);
    String named = text(metadata, "namespace");
    String wanted = call.resource().namespaced() ? call.namespace() : "";
    if (named.isEmpty() && !wanted.isEmpty()) {
      metadata.put("namespace", wanted);
    } else if (!named.equals(wanted)) {
      throw OptionFaults.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  /** Refuses a body that names another object than the path. */
  static void requireName(ObjectNode object, ResourceCall call) {
    String named = text(metadata(object), "name");
    if (named.isEmpty()) {
      throw OptionFaults.badRequest(
          "the name of the object (%s based on URL) was undeterminable: name must be provided"
              .formatted(call.name()));
    }
    if (!named.equals(call.name())) {
      throw OptionFaults.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(named, call.name()));
    }
  }

  static ObjectNode canonical(Backing backing, ResourceDefinition resource, ObjectNode object) {
    return backing
        .codec()
        .canonicalize(object, resource.storageKind(), FieldValidation.IGNORE)
        .object();
  }

  /**
   * What the store keeps of an object. One that is too large loses the record of who owns its
   * fields, which may be most of it, and is refused with 413 if that does not help.
   */
  static Draft draft(Backing backing, ResourceDefinition resource, ObjectNode object) {
    Draft draft = backing.codec().draft(resource, object);
    if (draft.json().length <= LARGEST) {
      return draft;
    }
    metadata(object).remove("managedFields");
    Draft bare = backing.codec().draft(resource, object);
    if (bare.json().length > LARGEST) {
      throw new StatusException(
          new Status(
              413,
              Reason.REQUEST_ENTITY_TOO_LARGE,
              "Request entity too large: an object may have " + LARGEST + " bytes",
              null));
    }
    return bare;
  }

  /** Refuses, with 422, a new object that breaks the rules of its kind. */
  static void validate(ObjectNode object, ResourceDefinition resource, KindStrategy strategy) {
    Faults faults = new Faults();
    checkMetadata(object, resource, strategy, faults);
    strategy.validate(object, faults);
    strategy.validateCreate(object, faults);
    refuse(faults, object, resource);
  }

  /** As {@link #validate}, and for what must not change. */
  static void validateUpdate(
      ObjectNode object, ObjectNode old, ResourceCall call, KindStrategy strategy) {
    ResourceDefinition resource = call.resource();
    Faults faults = new Faults();
    checkMetadata(object, resource, strategy, faults);
    MetadataValidation.checkUpdate(metadata(object), metadata(old), faults);
    strategy.validate(object, faults);
    strategy.validateUpdate(object, old, call.subresource(), faults);
    refuse(faults, object, resource);
  }

  private static void checkMetadata(
      ObjectNode object, ResourceDefinition resource, KindStrategy strategy, Faults faults) {
    ObjectNode metadata = metadata(object);
    MetadataValidation.check(metadata, resource.namespaced(), strategy.nameRule(), faults);
    if (!strategy.traits().contains(Trait.ANY_FINALIZER)) {
      MetadataValidation.checkFinalizers(metadata, faults);
    }
  }

  private static void refuse(Faults faults, ObjectNode object, ResourceDefinition resource) {
    if (!faults.none()) {
      throw new StatusException(
          Status.invalid(
              resource.group(),
              resource.kind().kind(),
              text(metadata(object), "name"),
              faults.causes()));
    }
  }
}
