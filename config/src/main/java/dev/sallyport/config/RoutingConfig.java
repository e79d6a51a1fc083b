package dev.sallyport.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where requests go that do not stay here: beside {@code --upstream}, which takes the rest.
 *
 * @param routes a RouteConfiguration; read again when it or a file that it names changes
 * @param clusters kubeconfigs whose contexts become routes; "" for all contexts of a file
 * @param clusterDomain under which each such cluster has a host's name
 * @param extras what such clusters are told beside the caller's own
 */
public record RoutingConfig(
    Optional<Path> routes,
    List<KubeconfigReference> clusters,
    Optional<String> clusterDomain,
    IdentityExtras extras) {

  public static final RoutingConfig NONE =
      new RoutingConfig(Optional.empty(), List.of(), Optional.empty(), IdentityExtras.NONE);

  public RoutingConfig {
    clusters = List.copyOf(clusters);
  }

  /** Whether there is any route. */
  public boolean any() {
    return routes.isPresent() || !clusters.isEmpty();
  }
}
