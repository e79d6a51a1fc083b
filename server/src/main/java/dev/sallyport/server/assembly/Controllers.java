package dev.sallyport.server.assembly;

import dev.sallyport.config.AuthenticationConfig;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.authentication.AuthenticationPublisher;
import dev.sallyport.controllers.bootstrap.ClusterInfoPublisher;
import dev.sallyport.controllers.kubernetesservice.KubernetesService;
import dev.sallyport.controllers.kubernetesservice.ServiceObjects;
import dev.sallyport.controllers.namespace.SystemNamespaces;
import dev.sallyport.controllers.rbac.DefaultPolicyReconciler;
import dev.sallyport.controllers.serviceaccount.LegacyTokenTracking;
import dev.sallyport.controllers.standing.CustomApiServices;
import dev.sallyport.controllers.standing.DefaultServiceCidr;
import dev.sallyport.controllers.standing.LocalApiServices;
import dev.sallyport.controllers.standing.StandingObjects;
import dev.sallyport.controllers.standing.SystemPriorities;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.server.bootstrap.ServerUrl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Starts what every replica keeps true by itself, as kube-apiserver does: the namespaces and roles
 * there must be, and how it is reached.
 */
final class Controllers {

  /** How long a step that failed, or that waits for others, is left alone. */
  static final long PAUSE_MILLIS = 1000;

  private final ServerConfig config;
  private final ObjectClient client;
  private final FileWatcher watcher;
  private final Executor workers;
  private final Executor later;

  Controllers(ServerConfig config, ObjectClient client, FileWatcher watcher, Executor workers) {
    this.config = config;
    this.client = client;
    this.watcher = watcher;
    this.workers = workers;
    this.later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, workers);
  }

  /** Makes the system namespaces; done when they are there. */
  CompletionStage<Void> namespaces() {
    return new SystemNamespaces(client, workers, later).start();
  }

  /** Makes the default RBAC policy; done when it stands. */
  CompletionStage<Void> policy() {
    return new DefaultPolicyReconciler(client, new PolicyRuleComparison()).run();
  }

  /** Starts what needs the system namespaces, and the port that the server listens on. */
  void publish(int port, ResourceCatalogue catalogue) {
    authenticationPublisher(config.authentication()).start();
    new LegacyTokenTracking(client, Clock.systemUTC(), workers, later).start();
    if (config.authentication().bootstrapTokens()) {
      clusterInfo(port);
    }
    if (config.kubernetesService().published() && config.upstream().isEmpty()) {
      ServiceObjects objects =
          new ServiceObjects(
              config.kubernetesService().clusterAddress(),
              config
                  .kubernetesService()
                  .advertised()
                  .orElseGet(() -> OwnAddress.behind(config.serving().bindAddress())),
              port);
      new KubernetesService(client, objects, workers, later).start();
    }
    List<StandingObjects.Standing> standing = new ArrayList<>(SystemPriorities.objects());
    standing.addAll(LocalApiServices.objects(served(catalogue)));
    standing.add(DefaultServiceCidr.of(config.kubernetesService().network().clusterRanges()));
    new StandingObjects(client, standing, workers, later).start();
    new CustomApiServices(client, workers, later).start();
  }

  private static List<LocalApiServices.Served> served(ResourceCatalogue catalogue) {
    List<LocalApiServices.Served> served = new ArrayList<>();
    for (ResourceGroup group : catalogue.groups()) {
      for (ResourceGroup.Version version : group.versions()) {
        served.add(new LocalApiServices.Served(group.name(), version.name()));
      }
    }
    return served;
  }

  /** Whoever brings a bootstrap token reads there where the server is. */
  private void clusterInfo(int port) {
    String url = ServerUrl.of(config.serving().bindAddress(), port);
    config
        .signing()
        .rootCa()
        .ifPresent(
            file ->
                new ClusterInfoPublisher(client, url, text("--root-ca-file", file), workers, later)
                    .start());
  }

  private AuthenticationPublisher authenticationPublisher(AuthenticationConfig authentication) {
    Optional<AuthenticationPublisher.FrontProxy> proxy =
        authentication
            .requestHeader()
            .map(
                headers ->
                    new AuthenticationPublisher.FrontProxy(
                        headers, text("--requestheader-client-ca-file", headers.clientCa())));
    return new AuthenticationPublisher(
        client,
        authentication.clientCa().map(file -> text("--client-ca-file", file)),
        proxy,
        workers,
        later);
  }

  private Watched<String> text(String flag, Path file) {
    return text(watcher, flag, file);
  }

  static Watched<String> text(FileWatcher watcher, String flag, Path file) {
    try {
      return watcher.watch(
          List.of(file), contents -> new String(contents.get(0).bytes(), StandardCharsets.UTF_8));
    } catch (InvalidFileException e) {
      throw new ConfigException(
          new Fault(flag, file.toString(), "a file of PEM certificates: " + e.fault()));
    }
  }
}
