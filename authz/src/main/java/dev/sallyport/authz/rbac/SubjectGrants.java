package dev.sallyport.authz.rbac;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All that one user or group was given, by scope. Changed only under the index's lock, read
 * without.
 */
final class SubjectGrants {

  private volatile @Nullable ScopeGrants cluster;
  private volatile @Nullable Map<String, ScopeGrants> namespaces;

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

  void add(BoundRole binding) {
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
