package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.KindStrategy.Trait;
import java.time.Clock;
import java.time.Instant;

/** Writes into an object's metadata that it is to go, and who must let go of it first. */
final class DeletionMark {

  private final Clock clock;
  private final boolean collected;

  /**
   * @param collected whether a garbage collector runs that acts on the finalizers {@code orphan}
   *     and {@code foregroundDeletion}; without one they would hold objects for ever, and every
   *     deletion is a background one
   */
  DeletionMark(Clock clock, boolean collected) {
    this.clock = clock;
    this.collected = collected;
  }

  /** The object as it is once its deletion is asked for; {@code old} stays as it is. */
  ObjectNode apply(ObjectNode old, DeleteOptions options, KindStrategy strategy) {
    ObjectNode object = old.deepCopy();
    ObjectNode metadata = ObjectRules.metadata(object);
    if (collected && !strategy.traits().contains(Trait.NOT_COLLECTED)) {
      setFinalizers(metadata, propagation(metadata, options, strategy));
    }
    long grace = strategy.gracePeriod(object, options.gracePeriodSeconds());
    boolean already = metadata.has("deletionTimestamp");
    if (already && grace >= metadata.path("deletionGracePeriodSeconds").asLong()) {
      return object;
    }
    Instant now = clock.instant();
    metadata.put("deletionTimestamp", ObjectRules.timestamp(now.plusSeconds(grace)));
    strategy.markDeleted(object, grace);
    if (!already && metadata.path("generation").asLong() > 0) {
      // Whoever acts on the object acts otherwise from now on.
      metadata.put("generation", metadata.path("generation").asLong() + 1);
    }
    return object;
  }

  private static DeleteOptions.Propagation propagation(
      ObjectNode metadata, DeleteOptions options, KindStrategy strategy) {
    boolean open =
        options.propagation() == DeleteOptions.Propagation.UNSPECIFIED
            && strategy.traits().contains(Trait.ORPHANS_BY_DEFAULT);
    if (!open) {
      return options.propagation();
    }
    for (JsonNode finalizer : metadata.path("finalizers")) {
      if (finalizer.asText().equals("orphan") || finalizer.asText().equals("foregroundDeletion")) {
        return DeleteOptions.Propagation.UNSPECIFIED;
      }
    }
    return DeleteOptions.Propagation.ORPHAN;
  }

  private static void setFinalizers(ObjectNode metadata, DeleteOptions.Propagation propagation) {
    if (propagation == DeleteOptions.Propagation.UNSPECIFIED) {
      return;
    }
    ArrayNode kept = metadata.arrayNode();
    for (JsonNode finalizer : metadata.path("finalizers")) {
      String name = finalizer.asText();
      if (!name.equals("orphan") && !name.equals("foregroundDeletion")) {
        kept.add(finalizer);
      }
    }
    switch (propagation) {
      case ORPHAN -> kept.add("orphan");
      case FOREGROUND -> kept.add("foregroundDeletion");
      default -> {}
    }
    metadata.set("finalizers", kept);
  }
}
