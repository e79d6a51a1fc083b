package dev.sallyport.resources.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.UserInfo;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.NameRule;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one kind's objects come to be and change. Any thread; without state but for what {@link
 * #claim} gives away. The trees given are canonical and may be changed where the method says so;
 * afterwards the caller brings them into canonical form again.
 */
public interface KindStrategy {

  /** What an object's name must look like. */
  default NameRule nameRule() {
    return NameRule.SUBDOMAIN;
  }

  default Set<Trait> traits() {
    return Set.of();
  }

  /** Fills in what a body left out, for creations and updates alike. */
  default void applyDefaults(ObjectNode object) {}

  /** Brings a new object into the state it starts in, whatever the client sent. */
  default void prepareCreate(ObjectNode object) {
    object.remove("status");
  }

  /** As {@link #prepareCreate(ObjectNode)}, for kinds that note who made them. */
  default void prepareCreate(ObjectNode object, UserInfo maker) {
    prepareCreate(object);
  }

  /** Puts back what an update of the object itself must not change. */
  default void prepareUpdate(ObjectNode object, ObjectNode old) {
    keep("status", object, old);
  }

  /** Puts back what an update of the status subresource must not change. */
  default void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
    JsonNode status = object.path("status");
    JsonNode metadata = object.path("metadata");
    object.removeAll();
    object.setAll(old.deepCopy());
    object.set("metadata", metadata);
    if (status.isMissingNode()) {
      object.remove("status");
    } else {
      object.set("status", status);
    }
  }

  /** Puts back what an update of a subresource must not change. */
  default void prepareSubresourceUpdate(
      String subresource, ObjectNode object, ObjectNode old, Instant now) {
    if (subresource.equals("status")) {
      prepareStatusUpdate(object, old);
    }
  }

  /**
   * Takes what the object needs and no other object may have, and writes it into the object. Called
   * for each attempt to write, before the checks.
   *
   * @param old the state before; null for a creation
   * @param dryRun whether to look only
   * @throws dev.sallyport.api.StatusException when it cannot be had
   */
  default Claim claim(ObjectNode object, @Nullable ObjectNode old, boolean dryRun) {
    return Claim.NOTHING;
  }

  /** Checks the object itself; metadata's common rules are checked elsewhere. */
  default void validate(ObjectNode object, Faults faults) {}

  /** Checks what only a new object must be. {@link #validate} is called besides. */
  default void validateCreate(ObjectNode object, Faults faults) {}

  /** Checks what must not differ between two states. {@link #validate} is called besides. */
  default void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {}

  /** As {@link #validateUpdate(ObjectNode, ObjectNode, Faults)}, where subresources may do more. */
  default void validateUpdate(
      ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    validateUpdate(object, old, faults);
  }

  /**
   * How long a deleted object lingers, in seconds; 0 for not at all.
   *
   * @param requested what the client asked for, or -1
   */
  default long gracePeriod(ObjectNode object, long requested) {
    return 0;
  }

  /** Marks an object, beyond its deletionTimestamp, as going in that many seconds. */
  default void markDeleted(ObjectNode object, long gracePeriod) {
    object.withObjectProperty("metadata").put("deletionGracePeriodSeconds", gracePeriod);
  }

  /** Whether nothing holds an object any longer that is marked for deletion. */
  default boolean released(ObjectNode object) {
    return object.path("metadata").path("finalizers").isEmpty()
        && object.path("metadata").path("deletionGracePeriodSeconds").asLong() == 0;
  }

  /**
   * Renames and moves what another version of the kind says elsewhere, in place. {@code kind} and
   * {@code apiVersion} are the caller's.
   */
  default void convert(ObjectNode object, GroupVersionKind to) {}

  /**
   * Puts back labels, annotations, finalizers and owners, which the status subresource of some
   * kinds leaves alone.
   */
  static void keepMetadata(ObjectNode object, ObjectNode old) {
    ObjectNode metadata = object.withObjectProperty("metadata");
    ObjectNode before = old.withObjectProperty("metadata");
    keep("labels", metadata, before);
    keep("annotations", metadata, before);
    keep("finalizers", metadata, before);
    keep("ownerReferences", metadata, before);
  }

  /** Sets a member as it was in another tree, or removes it. */
  static void keep(String member, ObjectNode object, ObjectNode old) {
    if (old.has(member)) {
      object.set(member, old.get(member).deepCopy());
    } else {
      object.remove(member);
    }
  }

  /** Where kinds differ in the same few ways. */
  enum Trait {
    /** PUT of a missing object creates it. */
    CREATE_ON_UPDATE,
    /** An update must name the version it was made from. */
    VERSIONED_UPDATES_ONLY,
    /** metadata.generation counts the changes of the specification. */
    GENERATION,
    /** Finalizers need not say whose they are. */
    ANY_FINALIZER,
    /** The status is part of the specification: nobody writes it apart. */
    STATUS_IS_CONTENT,
    /** A deletion is answered with the object, not with a Status. */
    ANSWERS_DELETED,
    /** Whoever creates an object may set its status. */
    STATUS_AT_CREATION,
    /** A deletion that does not say what becomes of its dependents leaves them. */
    ORPHANS_BY_DEFAULT,
    /** Owner references mean nothing for it: no orphans, no foreground deletion. */
    NOT_COLLECTED
  }
}
