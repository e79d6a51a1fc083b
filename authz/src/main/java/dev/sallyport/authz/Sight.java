package dev.sallyport.authz;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of one kind somebody sees in a list across namespaces: everything, or what some
 * namespaces hold, or objects of certain names in them. Immutable; equal when the same is seen for
 * the same reasons.
 */
public final class Sight {

  public static final Sight NOTHING = new Sight(false, Set.of(), Map.of());
  public static final Sight EVERYTHING = new Sight(true, Set.of(), Map.of());

  private final boolean everything;
  private final Set<String> everywhere;
  private final Map<String, Names> namespaces;

  /**
   * Objects of some names.
   *
   * @param all whether of every name
   */
  public record Names(boolean all, Set<String> names) {
    public static final Names NONE = new Names(false, Set.of());
    public static final Names ALL = new Names(true, Set.of());

    public Names {
      names = Set.copyOf(names);
    }

    public static Names of(Set<String> names) {
      return names.isEmpty() ? NONE : new Names(false, names);
    }

    boolean has(String name) {
      return all || names.contains(name);
    }

    Names with(Names other) {
      if (all || other.all) {
        return ALL;
      }
      Set<String> both = new HashSet<>(names);
      both.addAll(other.names);
      return of(both);
    }
  }

  private Sight(boolean everything, Set<String> everywhere, Map<String, Names> namespaces) {
    this.everything = everything;
    this.everywhere = everywhere;
    this.namespaces = namespaces;
  }

  public boolean nothing() {
    return !everything && everywhere.isEmpty() && namespaces.isEmpty();
  }

  public boolean everything() {
    return everything;
  }

  /**
   * Whether this object is seen.
   *
   * @param namespace "" at cluster scope
   */
  public boolean sees(String namespace, String name) {
    if (everything || everywhere.contains(name)) {
      return true;
    }
    Names names = namespaces.get(namespace);
    return names != null && names.has(name);
  }

  /** What of it stands at cluster scope. */
  public Sight atClusterScope() {
    return everything || namespaces.isEmpty() ? this : new Sight(false, everywhere, Map.of());
  }

  /** Whether all that the other sees is seen here. */
  public boolean covers(Sight other) {
    if (everything) {
      return true;
    }
    if (other.everything || !everywhere.containsAll(other.everywhere)) {
      return false;
    }
    for (Map.Entry<String, Names> theirs : other.namespaces.entrySet()) {
      Names own = namespaces.getOrDefault(theirs.getKey(), Names.NONE);
      if (!own.all() && (theirs.getValue().all() || !hasAll(own, theirs.getValue().names()))) {
        return false;
      }
    }
    return true;
  }

  private boolean hasAll(Names own, Set<String> wanted) {
    for (String name : wanted) {
      if (!own.has(name) && !everywhere.contains(name)) {
        return false;
      }
    }
    return true;
  }

  /** The namespaces of which something is seen for their own sake, in order. */
  public Set<String> namespaces() {
    return new TreeSet<>(namespaces.keySet());
  }

  /** Whether single names are seen in every namespace. */
  public boolean namesEverywhere() {
    return !everywhere.isEmpty();
  }

  /** The namespaces in which the two may see differently; null when that may be any. */
  public @Nullable Set<String> differing(Sight other) {
    if (everything != other.everything || !everywhere.equals(other.everywhere)) {
      return null;
    }
    Set<String> differing = new HashSet<>();
    addUnlike(namespaces, other.namespaces, differing);
    addUnlike(other.namespaces, namespaces, differing);
    return differing;
  }

  private static void addUnlike(
      Map<String, Names> left, Map<String, Names> right, Set<String> differing) {
    left.forEach(
        (namespace, names) -> {
          if (!names.equals(right.get(namespace))) {
            differing.add(namespace);
          }
        });
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sight sight
        && everything == sight.everything
        && everywhere.equals(sight.everywhere)
        && namespaces.equals(sight.namespaces);
  }

  @Override
  public int hashCode() {
    return 31 * everywhere.hashCode() + namespaces.hashCode() + Boolean.hashCode(everything);
  }

  @Override
  public String toString() {
    return everything ? "everything" : everywhere + " in all, " + namespaces;
  }

  /** Gathers what several bindings show. For one thread. */
  public static final class Builder {
    private final Set<String> everywhere = new HashSet<>();
    private final Map<String, Names> namespaces = new HashMap<>();
    private boolean everything;

    /**
     * @param namespace "" for all, and for what has none
     */
    public void add(String namespace, Names names) {
      if (!namespace.isEmpty()) {
        if (names != Names.NONE) {
          namespaces.merge(namespace, names, Names::with);
        }
      } else if (names.all()) {
        everything = true;
      } else {
        everywhere.addAll(names.names());
      }
    }

    public Sight build() {
      if (everything) {
        return EVERYTHING;
      }
      return everywhere.isEmpty() && namespaces.isEmpty()
          ? NOTHING
          : new Sight(false, Set.copyOf(everywhere), Map.copyOf(namespaces));
    }
  }
}
