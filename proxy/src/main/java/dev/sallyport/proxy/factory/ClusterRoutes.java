package dev.sallyport.proxy.factory;

import dev.sallyport.config.IdentityExtras;
import dev.sallyport.config.KubeconfigReference;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.routes.ClusterRoute;
import dev.sallyport.config.routes.RouteConfiguration;
import dev.sallyport.webhook.kubeconfig.FileSource;
import dev.sallyport.webhook.kubeconfig.Kubeconfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Routes to the clusters of kubeconfig files: one for each context. */
public final class ClusterRoutes {

  private final Optional<String> domain;
  private final FileSource files;
  private final boolean alone;
  private final IdentityExtras extras;
  private final Set<String> names = new HashSet<>();

  /**
   * @param domain under which each cluster has a host's name
   * @param alone whether nothing else is served, so that the only cluster may have the root
   * @param extras what they are told beside the caller's own
   * @param files where kubeconfigs are taken from
   */
  public ClusterRoutes(
      Optional<String> domain, boolean alone, IdentityExtras extras, FileSource files) {
    this.domain = domain;
    this.alone = alone;
    this.extras = extras;
    this.files = files;
  }

  /**
   * @param references a file's one context, or with "" all of them
   * @throws InvalidFileException when a file is no kubeconfig, or two contexts have one name
   */
  public RouteConfiguration of(List<KubeconfigReference> references) throws InvalidFileException {
    List<ClusterRoute> clusters = new ArrayList<>();
    for (KubeconfigReference reference : references) {
      for (String context : contexts(reference)) {
        clusters.add(cluster(reference.file(), context));
      }
    }
    return ClusterRoute.all(clusters, domain, alone, extras);
  }

  private List<String> contexts(KubeconfigReference reference) throws InvalidFileException {
    FileContent file = files.get(reference.file());
    if (!reference.context().isEmpty()) {
      return List.of(reference.context());
    }
    List<String> contexts = Kubeconfig.contexts(file);
    if (contexts.isEmpty()) {
      throw new InvalidFileException(file.file(), "has no contexts (expected: one for a cluster)");
    }
    return contexts;
  }

  private ClusterRoute cluster(Path file, String context) throws InvalidFileException {
    ClusterRoute cluster = ClusterRoute.of(new KubeconfigReference(file, context));
    if (!names.add(cluster.name())) {
      throw new InvalidFileException(
          file, "gives a second cluster the name " + cluster.name() + " (expected: each once)");
    }
    return cluster;
  }
}
