package dev.sallyport.config;

import java.net.URI;
import java.nio.file.Path;

/** Where a cluster is that is asked, and as whom. */
public sealed interface ClusterLocation {

  /**
   * What a kubeconfig's current context says.
   *
   * @param file read again when it, or a file that it names, changes
   */
  record Kubeconfig(Path file) implements ClusterLocation {}

  /**
   * The cluster that this process is a pod of, as the pod's service account.
   *
   * @param server https, host and port
   * @param token read again when it changes, for such tokens are renewed within the hour
   * @param authority PEM bundle that the server's certificate must chain to; read again too
   * @see <a
   *     href="https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/#directly-accessing-the-rest-api">Accessing
   *     the Kubernetes API from a pod</a>
   */
  record Pod(URI server, Path token, Path authority) implements ClusterLocation {}
}
