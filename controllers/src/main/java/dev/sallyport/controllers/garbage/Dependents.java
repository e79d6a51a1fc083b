package dev.sallyport.controllers.garbage;

import dev.sallyport.controllers.garbage.GraphObject.ObjectId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who names whom as its owner. Knows only objects that name one. For any thread. */
final class Dependents {

  /** A dependent, and how it stands to one owner. */
  record Dependent(ObjectId id, String uid, boolean blocks, boolean awaitsDependents) {}

  private final Map<String, Map<String, Dependent>> byOwner = new HashMap<>();
  private final Map<String, List<OwnerReference>> owners = new HashMap<>();

  /**
   * Notes the object's owners.
   *
   * @return those it had before; empty when it is new or had none
   */
  synchronized List<OwnerReference> note(GraphObject object) {
    List<OwnerReference> before = forget(object.uid());
    if (!object.owners().isEmpty()) {
      owners.put(object.uid(), object.owners());
      for (OwnerReference owner : object.owners()) {
        byOwner
            .computeIfAbsent(owner.uid(), uid -> new HashMap<>())
            .put(
                object.uid(),
                new Dependent(
                    object.id(), object.uid(), owner.blocks(), object.awaitsDependents()));
      }
    }
    return before;
  }

  /** Forgets the object as a dependent; its own dependents stay. */
  synchronized List<OwnerReference> forget(String uid) {
    List<OwnerReference> before = owners.remove(uid);
    if (before == null) {
      return List.of();
    }
    for (OwnerReference owner : before) {
      Map<String, Dependent> siblings = byOwner.get(owner.uid());
      if (siblings != null) {
        siblings.remove(uid);
        if (siblings.isEmpty()) {
          byOwner.remove(owner.uid());
        }
      }
    }
    return before;
  }

  synchronized Collection<Dependent> of(String ownerUid) {
    Map<String, Dependent> dependents = byOwner.get(ownerUid);
    return dependents == null ? List.of() : List.copyOf(dependents.values());
  }
}
