package dev.sallyport.resources.kinds.access;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds that decide who may do what. */
public final class AccessKinds {

  private static final String RBAC = "rbac.authorization.k8s.io";

  private AccessKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put(RBAC, "Role", new RoleStrategy(true));
    kinds.put(RBAC, "ClusterRole", new RoleStrategy(false));
    kinds.put(RBAC, "RoleBinding", new RoleBindingStrategy(true));
    kinds.put(RBAC, "ClusterRoleBinding", new RoleBindingStrategy(false));
    kinds.put(
        "certificates.k8s.io",
        "CertificateSigningRequest",
        new CertificateSigningRequestStrategy());
  }
}
