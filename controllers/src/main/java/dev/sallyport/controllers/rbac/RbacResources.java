package dev.sallyport.controllers.rbac;

import dev.sallyport.controllers.ObjectClient.ResourceId;

/** The resources of rbac.authorization.k8s.io, and words of their objects. */
final class RbacResources {

  static final String GROUP = "rbac.authorization.k8s.io";
  static final String API_VERSION = GROUP + "/v1";

  static final ResourceId CLUSTER_ROLES = new ResourceId(GROUP, "clusterroles");
  static final ResourceId CLUSTER_ROLE_BINDINGS = new ResourceId(GROUP, "clusterrolebindings");
  static final ResourceId ROLES = new ResourceId(GROUP, "roles");
  static final ResourceId ROLE_BINDINGS = new ResourceId(GROUP, "rolebindings");
  static final ResourceId NAMESPACES = new ResourceId("", "namespaces");

  static final String AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate";

  private RbacResources() {}
}
