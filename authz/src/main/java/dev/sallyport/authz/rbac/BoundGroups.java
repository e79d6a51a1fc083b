package dev.sallyport.authz.rbac;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which of a caller's groups anything is bound to. A directory puts people into hundreds of groups,
 * of which a cluster knows a few: the answer is remembered for as long as no group gets its first
 * binding. Authenticators hand out the same list of groups for the same credential, so that the
 * list itself is the key.
 *
 * <p>Any thread; takes no lock. What a group was given is never remembered here, only that it has
 * an entry.
 */
final class BoundGroups {

  /** Looking these up costs no more than remembering them. */
  private static final int FEW = 8;

  private static final int SLOTS = 1 << 12;

  private record Found(
      WeakReference<List<String>> groups, long generation, List<SubjectGrants> grants) {}

  private final Map<String, SubjectGrants> groups;
  private final AtomicReferenceArray<@Nullable Found> remembered =
      new AtomicReferenceArray<>(SLOTS);
  private volatile long generation;

  /**
   * @param groups all groups that anything is bound to
   */
  BoundGroups(Map<String, SubjectGrants> groups) {
    this.groups = groups;
  }

  /** A group got its first binding: called behind its entry, by one thread at a time. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // writers take turns
  void changed() {
    generation++;
  }

  /** What was given to any of these groups, in their order. */
  List<SubjectGrants> of(List<String> names) {
    if (names.size() <= FEW) {
      return look(names);
    }
    long now = generation; // before the look, so that a change meanwhile makes it stale
    int slot = System.identityHashCode(names) & (SLOTS - 1);
    Found found = remembered.get(slot);
    if (found != null && found.generation() == now && found.groups().refersTo(names)) {
      return found.grants();
    }
    List<SubjectGrants> grants = look(names);
    remembered.set(slot, new Found(new WeakReference<>(names), now, grants));
    return grants;
  }

  private List<SubjectGrants> look(List<String> names) {
    List<SubjectGrants> grants = List.of();
    for (int i = 0; i < names.size(); i++) {
      SubjectGrants subject = groups.get(names.get(i));
      if (subject != null) {
        if (grants.isEmpty()) {
          grants = new ArrayList<>(4);
        }
        grants.add(subject);
      }
    }
    return grants;
  }
}
