package dev.sallyport.junit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Bindings of ClusterRoles to users. */
record Grants(Api api) {

  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final String PATH = "/apis/" + GROUP + "/v1";

  void everywhere(String user, String clusterRole) {
    ObjectNode binding = binding("ClusterRoleBinding", user, clusterRole);
    api.apply(PATH + "/clusterrolebindings/" + name(user, clusterRole), binding.toString());
  }

  void in(String namespace, String user, String clusterRole) {
    ObjectNode binding = binding("RoleBinding", user, clusterRole);
    api.apply(
        PATH + "/namespaces/" + namespace + "/rolebindings/" + name(user, clusterRole),
        binding.toString());
  }

  /** The same for the same grant; users' names have characters that names of objects have not. */
  private static String name(String user, String clusterRole) {
    byte[] both = (clusterRole + "\n" + user).getBytes(StandardCharsets.UTF_8);
    return "sallyport-junit-" + UUID.nameUUIDFromBytes(both);
  }

  private static ObjectNode binding(String kind, String user, String clusterRole) {
    ObjectNode binding =
        JsonNodeFactory.instance.objectNode().put("apiVersion", GROUP + "/v1").put("kind", kind);
    binding.putObject("metadata").put("name", name(user, clusterRole));
    binding
        .putArray("subjects")
        .addObject()
        .put("kind", "User")
        .put("apiGroup", GROUP)
        .put("name", user);
    binding
        .putObject("roleRef")
        .put("apiGroup", GROUP)
        .put("kind", "ClusterRole")
        .put("name", clusterRole);
    return binding;
  }
}
