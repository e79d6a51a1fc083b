package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.ARRAY;
import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.STRING;

import dev.sallyport.config.Faults;
import dev.sallyport.config.IdentityExtras;
import dev.sallyport.config.KubeconfigReference;
import dev.sallyport.config.RoutingConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Routes to several upstreams. Not known to kube-apiserver. */
final class RoutingOptions {
  private final Flag<Optional<Path>> routes;
  private final Flag<List<String>> kubeconfigs;
  private final Flag<String> domain;

  RoutingOptions(FlagSection section) {
    routes =
        section.flag(
            "routes-config",
            FILE,
            "",
            "RouteConfiguration (sallyport.dev/v1alpha1): which requests, by host, path, method and"
                + " header, go to which upstreams. Read again when it or a file that it names"
                + " changes.");
    kubeconfigs =
        section.flag(
            "upstream-kubeconfig",
            ARRAY,
            "",
            "kubeconfig file, or FILE#CONTEXT: every context in it, or that one, is served below"
                + " /clusters/CONTEXT. The only cluster of all is also served at the root. Read"
                + " again when it or a file that it names changes.");
    domain =
        section.flag(
            "upstream-cluster-domain",
            STRING,
            "",
            "Serve each cluster of --upstream-kubeconfig also at the host CONTEXT.DOMAIN.");
  }

  /**
   * @param extras what clusters are told beside the caller's own
   */
  RoutingConfig toConfig(IdentityExtras extras, Faults faults) {
    String suffix = domain.read(faults);
    List<KubeconfigReference> clusters = references(faults);
    if (!suffix.isEmpty() && clusters.isEmpty()) {
      faults.add(domain.label(), suffix, "--upstream-kubeconfig to go with it");
    }
    return new RoutingConfig(
        routes.read(faults),
        clusters,
        suffix.isEmpty() ? Optional.empty() : Optional.of(suffix),
        extras);
  }

  /** Whether clusters are served by their kubeconfigs. */
  boolean clusters() {
    return !kubeconfigs.read(new Faults()).isEmpty();
  }

  private List<KubeconfigReference> references(Faults faults) {
    List<KubeconfigReference> references = new ArrayList<>();
    for (String given : kubeconfigs.read(faults)) {
      int mark = given.indexOf('#');
      String file = mark < 0 ? given : given.substring(0, mark);
      try {
        if (!file.isEmpty()) {
          String context = mark < 0 ? "" : given.substring(mark + 1);
          references.add(new KubeconfigReference(Path.of(file), context));
        }
      } catch (InvalidPathException e) {
        faults.add(kubeconfigs.label(), given, "a file name, or one with #CONTEXT behind it");
      }
    }
    return references;
  }

  void checkFiles(GivenFiles files, FileChecks checks) {
    files.check(routes, "a RouteConfiguration", checks.routes());
    for (KubeconfigReference reference : references(new Faults())) {
      files.check(
          kubeconfigs,
          reference.file(),
          "a kubeconfig file of clusters",
          file -> checks.clusters().check(reference));
    }
  }
}
