package dev.sallyport.authz;

import java.util.List;

/**
 * A RoleBinding or ClusterRoleBinding of rbac.authorization.k8s.io/v1: who gets which role.
 *
 * @param namespace "" for a ClusterRoleBinding
 * @param filtersLists whether lists across namespaces show what this binding lets its subjects list
 */
public record RoleBinding(
    String namespace,
    String name,
    RoleRef roleRef,
    List<RoleSubject> subjects,
    boolean filtersLists) {

  /** The label by which a binding opts in to filtered lists, with the value {@code true}. */
  public static final String FILTER_LISTS = "sallyport.dev/filter-lists";

  public RoleBinding {
    subjects = List.copyOf(subjects);
  }

  /** A binding that has not opted in to filtered lists. */
  public RoleBinding(String namespace, String name, RoleRef roleRef, List<RoleSubject> subjects) {
    this(namespace, name, roleRef, subjects, false);
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
