package dev.sallyport.authz.rbac;

import dev.sallyport.api.Quoted;
import dev.sallyport.authz.RoleBinding.RoleRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place of one role, whether it exists or is only referred to. Bindings hold the slot, so a
 * change of the role reaches all of them by one assignment. Changed only under the index's lock,
 * read without.
 */
final class RoleSlot {

  private final String missing;
  private final List<@Nullable CompiledRules> bySource = new ArrayList<>(1);
  private final Set<WideGrants> wideScopes = new HashSet<>(0);
  private int bindings;
  private volatile @Nullable CompiledRules rules;

  RoleSlot(String kind, String name) {
    missing =
        switch (kind) {
          case RoleRef.CLUSTER_ROLE -> "clusterrole" + notFound(name);
          case RoleRef.ROLE -> "role" + notFound(name);
          default -> "unsupported role reference kind: " + Quoted.of(kind);
        };
  }

  private static String notFound(String name) {
    return ".rbac.authorization.k8s.io " + Quoted.of(name) + " not found";
  }

  /** The rules in force, or null while there is no such role. */
  @Nullable CompiledRules rules() {
    return rules;
  }

  /** What to say while there is no such role. */
  String missing() {
    return missing;
  }

  /**
   * Takes what one source says; of several sources the one followed first is believed.
   *
   * @return whether other rules are in force now
   */
  boolean put(int source, @Nullable CompiledRules role) {
    while (bySource.size() <= source) {
      bySource.add(null);
    }
    bySource.set(source, role);
    CompiledRules before = rules;
    CompiledRules after = firstKnown();
    if (before != after) {
      rules = after;
      wideScopes.forEach(scope -> scope.roleChanged(this, before, after));
    }
    return before != after;
  }

  private @Nullable CompiledRules firstKnown() {
    for (CompiledRules known : bySource) {
      if (known != null) {
        return known;
      }
    }
    return null;
  }

  void bound() {
    bindings++;
  }

  void unbound() {
    bindings--;
  }

  /** Whether any binding refers to it. */
  boolean isBound() {
    return bindings > 0;
  }

  /** Whether nobody would miss this slot. */
  boolean unused() {
    return bindings == 0 && rules == null;
  }

  void watchedBy(WideGrants scope) {
    wideScopes.add(scope);
  }

  void forgottenBy(WideGrants scope) {
    wideScopes.remove(scope);
  }
}
