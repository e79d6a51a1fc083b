package dev.sallyport.server.assembly;

import dev.sallyport.config.IdentityExtras;
import dev.sallyport.config.KubeconfigReference;
import dev.sallyport.config.RoutingConfig;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.routes.RouteConfiguration;
import dev.sallyport.config.routes.RoutesFile;
import dev.sallyport.proxy.factory.ClusterRoutes;
import dev.sallyport.proxy.factory.Groups;
import dev.sallyport.proxy.factory.NamedFiles;
import dev.sallyport.webhook.kubeconfig.FileSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the routes are written down: one file, and kubeconfigs whose clusters are served too. */
final class RouteSources {

  private final RoutingConfig config;
  private final boolean alone;

  /**
   * @param otherwise whether an upstream takes what no route takes
   */
  RouteSources(RoutingConfig config, boolean otherwise) {
    this.config = config;
    this.alone = !otherwise && config.routes().isEmpty();
  }

  /** The file that is watched; what it leads to is watched with it. */
  Path first() {
    return config.routes().orElseGet(() -> config.clusters().get(0).file());
  }

  /**
   * All files but the first.
   *
   * @throws InvalidFileException when one that leads to others cannot be understood
   */
  List<Path> others(FileContent first) throws InvalidFileException {
    FileSource files = file -> file.equals(first.file()) ? first : FileContent.read(file);
    Set<Path> named = new LinkedHashSet<>();
    for (KubeconfigReference cluster : config.clusters()) {
      named.add(cluster.file());
    }
    named.addAll(NamedFiles.of(read(files, new ArrayList<>()), files));
    named.remove(first.file());
    return List.copyOf(named);
  }

  /**
   * What stands in them.
   *
   * @throws InvalidFileException with everything that is wrong
   */
  RouteConfiguration read(FileSource files) throws InvalidFileException {
    List<String> faults = new ArrayList<>();
    RouteConfiguration read = read(files, faults);
    if (!faults.isEmpty()) {
      throw new InvalidFileException(first(), faults);
    }
    return read;
  }

  private RouteConfiguration read(FileSource files, List<String> faults)
      throws InvalidFileException {
    Optional<Path> file = config.routes();
    RouteConfiguration written =
        file.isPresent()
            ? RoutesFile.parse(files.get(file.get()), faults)
            : RouteConfiguration.EMPTY;
    faults.addAll(FilteredRouteFaults.of(written));
    faults.addAll(Recorders.faults(written));
    return written.and(
        new ClusterRoutes(config.clusterDomain(), alone, config.extras(), files)
            .of(config.clusters()));
  }

  /** Looks into a {@code --routes-config} and what it names. */
  static void checkFile(Path file) throws InvalidFileException {
    check(new RoutingConfig(Optional.of(file), List.of(), Optional.empty(), IdentityExtras.NONE));
  }

  /** Looks into a {@code --upstream-kubeconfig} and what it names. */
  static void checkCluster(KubeconfigReference cluster) throws InvalidFileException {
    check(
        new RoutingConfig(
            Optional.empty(), List.of(cluster), Optional.empty(), IdentityExtras.NONE));
  }

  private static void check(RoutingConfig config) throws InvalidFileException {
    RouteConfiguration read = new RouteSources(config, false).read(FileContent::read);
    var unused = RouteAuthorizations.targets(read, FileContent::read);
    Groups.check(read, FileContent::read);
  }
}
