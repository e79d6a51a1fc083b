package dev.sallyport.authz;

import java.util.List;

/**
 * A Role or ClusterRole of rbac.authorization.k8s.io/v1, as far as judging needs it.
 *
 * @param namespace "" for a ClusterRole
 * @param aggregated whether it gathers the rules of other roles by label
 */
public record Role(String namespace, String name, List<PolicyRule> rules, boolean aggregated) {

  public Role {
    rules = List.copyOf(rules);
  }

  public boolean clusterWide() {
    return namespace.isEmpty();
  }
}
