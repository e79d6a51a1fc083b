package dev.sallyport.authz.rbac;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that one user or group was given, by scope. Changed only under the index's lock, read
 * without.
 */
final class SubjectGrants {

  private volatile @Nullable ScopeGrants cluster;
  private volatile @Nullable Map<String, ScopeGrants> namespaces;
  private volatile @Nullable Set<BoundRole> showing;
  private volatile long changed;

  /**
   * @param namespace "" for the cluster
   */
  @Nullable ScopeGrants in(String namespace) {
    if (namespace.isEmpty()) {
      return cluster;
    }
    Map<String, ScopeGrants> known = namespaces;
    return known == null ? null : known.get(namespace);
  }

  /** The bindings by which lists across namespaces show something; empty for nearly all. */
  Set<BoundRole> showing() {
    Set<BoundRole> known = showing;
    return known == null ? Set.of() : known;
  }

  /**
   * Visits those, or all bindings.
   *
   * @param all whether every binding shows what it gives
   */
  void forEachShowing(boolean all, Consumer<BoundRole> visitor) {
    if (!all) {
      showing().forEach(visitor);
      return;
    }
    forEachIn(cluster, visitor);
    Map<String, ScopeGrants> known = namespaces;
    if (known != null) {
      known.values().forEach(scope -> forEachIn(scope, visitor));
    }
  }

  private static void forEachIn(@Nullable ScopeGrants scope, Consumer<BoundRole> visitor) {
    if (scope != null) {
      scope.forEach(grant -> grant.forEach(visitor));
    }
  }

  /** The generation of the last change. */
  long changed() {
    return changed;
  }

  void changed(long generation) {
    changed = generation;
  }

  /**
   * @param shows whether lists across namespaces show what it gives
   */
  void add(BoundRole binding, boolean shows) {
    if (shows) {
      Set<BoundRole> known = showing;
      if (known == null) {
        known = ConcurrentHashMap.newKeySet(2);
        showing = known;
      }
      known.add(binding);
    }
    String namespace = binding.binding().namespace();
    ScopeGrants scope = in(namespace);
    if (scope != null) {
      scope.add(binding);
      return;
    }
    ScopeGrants added = new ScopeGrants();
    added.add(binding);
    if (namespace.isEmpty()) {
      cluster = added;
      return;
    }
    Map<String, ScopeGrants> known = namespaces;
    if (known == null) {
      // Most subjects are given something in one namespace or two.
      known = new ConcurrentHashMap<>(2);
      known.put(namespace, added);
      namespaces = known;
    } else {
      known.put(namespace, added);
    }
  }

  /** Whether nothing is left. */
  boolean remove(BoundRole binding) {
    Set<BoundRole> shown = showing;
    if (shown != null && shown.remove(binding) && shown.isEmpty()) {
      showing = null;
    }
    String namespace = binding.binding().namespace();
    ScopeGrants scope = in(namespace);
    if (scope != null && scope.remove(binding)) {
      if (namespace.isEmpty()) {
        cluster = null;
      } else {
        dropNamespace(namespace);
      }
    }
    return cluster == null && namespaces == null;
  }

  private void dropNamespace(String namespace) {
    Map<String, ScopeGrants> known = namespaces;
    if (known != null) {
      known.remove(namespace);
      if (known.isEmpty()) {
        namespaces = null;
      }
    }
  }
}
