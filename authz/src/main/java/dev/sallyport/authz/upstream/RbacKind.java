package dev.sallyport.authz.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleSource;
import dev.sallyport.authz.objects.RbacObjects;

/** The kinds that RBAC judges by. */
enum RbacKind {
  CLUSTER_ROLES("clusterroles", false),
  ROLES("roles", false),
  CLUSTER_ROLE_BINDINGS("clusterrolebindings", true),
  ROLE_BINDINGS("rolebindings", true);

  private static final String API = "/apis/rbac.authorization.k8s.io/v1/";

  private final String resource;
  private final boolean binding;

  RbacKind(String resource, boolean binding) {
    this.resource = resource;
    this.binding = binding;
  }

  String resource() {
    return resource;
  }

  /** Of all namespaces. */
  String path() {
    return API + resource;
  }

  /** A {@link Role} or {@link RoleBinding}, which compare by what they say. */
  Record read(JsonNode object) {
    return binding ? RbacObjects.binding(object) : RbacObjects.role(object);
  }

  void put(Record object, RoleSource.Sink sink) {
    if (object instanceof Role role) {
      sink.putRole(role);
    } else if (object instanceof RoleBinding bound) {
      sink.putBinding(bound);
    }
  }

  void remove(ObjectName name, RoleSource.Sink sink) {
    if (binding) {
      sink.removeBinding(name.namespace(), name.name());
    } else {
      sink.removeRole(name.namespace(), name.name());
    }
  }
}
