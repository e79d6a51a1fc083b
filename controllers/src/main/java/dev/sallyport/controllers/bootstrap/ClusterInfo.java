package dev.sallyport.controllers.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The ConfigMap by which a machine that knows nothing but a bootstrap token learns where the server
 * is and which authority to believe.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/#configmap-signing">ConfigMap
 *     signing</a>
 */
final class ClusterInfo {
  static final String NAMESPACE = "kube-public";
  static final String NAME = "cluster-info";

  /** The entry that is signed. */
  static final String KUBECONFIG = "kubeconfig";

  /** Followed by the id of the token that signed. */
  static final String SIGNATURE_PREFIX = "jws-kubeconfig-";

  private ClusterInfo() {}

  static boolean is(JsonNode configMap) {
    JsonNode metadata = configMap.path("metadata");
    return NAME.equals(metadata.path("name").textValue())
        && NAMESPACE.equals(metadata.path("namespace").textValue());
  }

  /**
   * A fresh one.
   *
   * @param server the server's URL
   * @param authorities PEM text
   */
  static ObjectNode create(String server, String authorities) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("kind", "ConfigMap").put("apiVersion", "v1");
    object.putObject("metadata").put("name", NAME).put("namespace", NAMESPACE);
    object.putObject("data").put(KUBECONFIG, kubeconfig(server, authorities));
    return object;
  }

  /** A kubeconfig without any user, laid out as kubeadm has it. */
  private static String kubeconfig(String server, String authorities) {
    String bundle =
        Base64.getEncoder().encodeToString(authorities.getBytes(StandardCharsets.UTF_8));
    return """
        apiVersion: v1
        clusters:
        - cluster:
            certificate-authority-data: %s
            server: %s
          name: ""
        contexts: null
        current-context: ""
        kind: Config
        preferences: {}
        users: null
        """
        .formatted(bundle, server);
  }
}
