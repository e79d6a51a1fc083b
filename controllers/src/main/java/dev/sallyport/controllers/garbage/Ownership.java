package dev.sallyport.controllers.garbage;

import dev.sallyport.controllers.garbage.GraphObject.ObjectId;
import java.util.ArrayList;
import java.util.List;

/**
 * How an object's owners are doing.
 *
 * @param keep there, or of a kind that nobody here can look for: they keep the object
 * @param released being deleted, and letting go of their dependents first
 * @param gone not there any more
 * @param waiting being deleted, and waiting for their dependents
 * @param impossible whether a cluster-scoped object names an owner in a namespace, which says
 *     nothing
 */
record Ownership(
    List<OwnerReference> keep,
    List<OwnerReference> released,
    List<OwnerReference> gone,
    List<OwnerReference> waiting,
    boolean impossible) {

  static Ownership of(GraphObject object, ObjectGraph graph) {
    List<OwnerReference> keep = new ArrayList<>();
    List<OwnerReference> released = new ArrayList<>();
    List<OwnerReference> gone = new ArrayList<>();
    List<OwnerReference> waiting = new ArrayList<>();
    boolean impossible = false;
    for (OwnerReference owner : object.owners()) {
      ObjectGraph.Kind kind = graph.kind(owner.apiVersion(), owner.kind());
      if (kind == null) {
        keep.add(owner);
        continue;
      }
      String namespace = kind.namespaced() ? object.id().namespace() : "";
      impossible |= kind.namespaced() && namespace.isEmpty();
      GraphObject found = graph.find(new ObjectId(kind.resource(), namespace, owner.name()));
      if (found == null || !found.uid().equals(owner.uid())) {
        gone.add(owner);
      } else if (found.letsGoOfDependents()) {
        released.add(owner);
      } else if (found.awaitsDependents()) {
        waiting.add(owner);
      } else {
        keep.add(owner);
      }
    }
    return new Ownership(keep, released, gone, waiting, impossible);
  }
}
