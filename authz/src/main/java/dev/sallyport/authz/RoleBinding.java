package dev.sallyport.authz;

import java.util.List;

/**
 * A RoleBinding or ClusterRoleBinding of rbac.authorization.k8s.io/v1: who gets which role.
 *
 * @param namespace "" for a ClusterRoleBinding
 */
public record RoleBinding(
    String namespace, String name, RoleRef roleRef, List<RoleSubject> subjects) {

  public RoleBinding {
    subjects = List.copyOf(subjects);
  }

  public boolean clusterWide() {
    return namespace.isEmpty();
  }

  /**
   * The role that is bound.
   *
   * @param kind "Role" (of the binding's namespace) or "ClusterRole"; any other grants nothing
   */
  public record RoleRef(String kind, String name) {
    public static final String ROLE = "Role";
    public static final String CLUSTER_ROLE = "ClusterRole";
  }
}
