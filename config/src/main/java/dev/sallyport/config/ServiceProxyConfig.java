package dev.sallyport.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a user of kube-rbac-proxy says of the one {@code --upstream}: a plain service, to which all
 * paths belong.
 *
 * @param file kube-rbac-proxy's configuration file; empty: requests are judged by their paths
 * @param allowPaths patterns; what matches none is answered 404; empty: all are allowed
 * @param ignorePaths patterns; what matches one passes without any check
 * @param cluster which reviews access, and tokens; empty: this server's own doors decide
 * @param probesPort where this server's own probes are served; 0: nowhere
 */
public record ServiceProxyConfig(
    Optional<Path> file,
    List<String> allowPaths,
    List<String> ignorePaths,
    Optional<ClusterLocation> cluster,
    int probesPort) {

  public ServiceProxyConfig {
    allowPaths = List.copyOf(allowPaths);
    ignorePaths = List.copyOf(ignorePaths);
    Faults faults = new Faults();
    faults.check(
        allowPaths.isEmpty() || ignorePaths.isEmpty(),
        "--ignore-paths",
        String.join(",", ignorePaths),
        "no --allow-paths beside it");
    faults.check(
        probesPort >= 0 && probesPort < 1 << 16,
        "--proxy-endpoints-port",
        probesPort,
        "a port, or 0 for none");
    faults.throwIfAny();
  }
}
