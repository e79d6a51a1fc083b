package dev.sallyport.controllers.garbage;

import dev.sallyport.controllers.ObjectClient.ResourceId;
import java.util.List;

/**
 * An object as far as owning and being owned goes.
 *
 * @param revision tells this state from any other
 * @param deleting whether its deletion was asked for
 */
public record GraphObject(
    ObjectId id,
    String uid,
    long revision,
    List<OwnerReference> owners,
    boolean deleting,
    List<String> finalizers) {

  /** On an object that waits for its dependents to go first. */
  public static final String FOREGROUND = "foregroundDeletion";

  /** On an object that lets go of its dependents before it goes. */
  public static final String ORPHAN = "orphan";

  /**
   * Where an object stands.
   *
   * @param namespace "" for a cluster-scoped object
   */
  public record ObjectId(ResourceId resource, String namespace, String name) {}

  public GraphObject {
    owners = List.copyOf(owners);
    finalizers = List.copyOf(finalizers);
  }

  boolean awaitsDependents() {
    return deleting && finalizers.contains(FOREGROUND);
  }

  boolean letsGoOfDependents() {
    return deleting && finalizers.contains(ORPHAN);
  }
}
