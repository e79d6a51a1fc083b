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
import dev.sallyport.controllers.namespace.NamespaceContent;
import dev.sallyport.controllers.namespace.NamespaceTermination;
import dev.sallyport.controllers.namespace.SystemNamespaces;
import dev.sallyport.controllers.rbac.ClusterRoleAggregator;
import dev.sallyport.controllers.rbac.DefaultPolicyReconciler;
import dev.sallyport.controllers.rootca.RootCaPublisher;
import dev.sallyport.controllers.serviceaccount.DefaultServiceAccounts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Starts what keeps the store true. */
final class Controllers {

  /** How long a step that failed, or that waits for others, is left alone. */
  private static final long PAUSE_MILLIS = 1000;

  private final ServerConfig config;
  private final ObjectClient client;
  private final NamespaceContent content;
  private final FileWatcher watcher;
  private final Executor workers;
  private final Executor later;

  Controllers(
      ServerConfig config,
      ObjectClient client,
      NamespaceContent content,
      FileWatcher watcher,
      Executor workers) {
    this.config = config;
    this.client = client;
    this.content = content;
    this.watcher = watcher;
    this.workers = workers;
    this.later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, workers);
  }

  /** Starts all controllers; done when the default RBAC policy stands. */
  CompletionStage<Void> start() {
    new SystemNamespaces(client, workers, later).start();
    CompletionStage<Void> policy =
        new DefaultPolicyReconciler(client, new PolicyRuleComparison()).run();
    new ClusterRoleAggregator(client, workers).start();
    new DefaultServiceAccounts(client, workers, later).start();
    config
        .signing()
        .rootCa()
        .ifPresent(
            file ->
                new RootCaPublisher(client, text("--root-ca-file", file), workers, later).start());
    authenticationPublisher(config.authentication()).start();
    new NamespaceTermination(client, content, workers, later).start();
    return policy;
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
    try {
      return watcher.watch(
          List.of(file), contents -> new String(contents.get(0).bytes(), StandardCharsets.UTF_8));
    } catch (InvalidFileException e) {
      throw new ConfigException(
          new Fault(flag, file.toString(), "a file of PEM certificates: " + e.fault()));
    }
  }
}
