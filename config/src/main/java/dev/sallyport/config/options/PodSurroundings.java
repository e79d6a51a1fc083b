package dev.sallyport.config.options;

import dev.sallyport.config.ClusterLocation;
import dev.sallyport.config.Faults;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a cluster gives to a process that runs as one of its pods.
 *
 * @param host of the cluster's API, as the environment names it; "" outside of pods
 * @param port of the cluster's API
 * @param account the folder with the token and the authority of the pod's service account
 */
public record PodSurroundings(String host, String port, Path account) {

  private static final String HOST = "KUBERNETES_SERVICE_HOST";
  private static final String PORT = "KUBERNETES_SERVICE_PORT";

  /** Those of this process. */
  public static PodSurroundings real() {
    return new PodSurroundings(
        System.getenv().getOrDefault(HOST, ""),
        System.getenv().getOrDefault(PORT, ""),
        Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
  }

  /**
   * The cluster around.
   *
   * @param flag which would name another one
   * @param otherwise what else would do, for the fault's line
   */
  Optional<ClusterLocation> cluster(String flag, String otherwise, Faults faults) {
    if (host.isEmpty() || port.isEmpty()) {
      faults.add(
          flag,
          "",
          "the cluster's kubeconfig, "
              + otherwise
              + "; this is no pod of a cluster: "
              + HOST
              + " and "
              + PORT
              + " are not set");
      return Optional.empty();
    }
    try {
      String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
      Path token = account.resolve("token");
      Path authority = account.resolve("ca.crt");
      var unused = FileContent.read(token);
      var neither = Certificates.read(authority);
      return Optional.of(
          new ClusterLocation.Pod(new URI("https://" + name + ":" + port), token, authority));
    } catch (URISyntaxException e) {
      faults.add(HOST + ", " + PORT, host + " " + port, "the address of the cluster");
    } catch (InvalidFileException e) {
      faults.add(
          flag,
          "",
          "the cluster's kubeconfig, "
              + otherwise
              + ", or in this pod its service account: "
              + e.getMessage());
    }
    return Optional.empty();
  }
}
