package dev.sallyport.server.assembly;

import dev.sallyport.api.Answer;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.config.ControllerName;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.StorageEngine;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.bootstrap.BootstrapSigner;
import dev.sallyport.controllers.bootstrap.TokenCleaner;
import dev.sallyport.controllers.election.GatedExecutor;
import dev.sallyport.controllers.election.LeaderElection;
import dev.sallyport.controllers.garbage.GarbageCollector;
import dev.sallyport.controllers.garbage.ObjectGraph;
import dev.sallyport.controllers.namespace.NamespaceContent;
import dev.sallyport.controllers.namespace.NamespaceTermination;
import dev.sallyport.controllers.queue.Timer;
import dev.sallyport.controllers.rbac.ClusterRoleAggregator;
import dev.sallyport.controllers.rootca.RootCaPublisher;
import dev.sallyport.controllers.serviceaccount.DefaultServiceAccounts;
import dev.sallyport.controllers.serviceaccount.SecretTokens;
import dev.sallyport.controllers.serviceaccount.TokenSecrets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * What kube-controller-manager does beside kube-apiserver, in the one replica that leads. A
 * controller is a line in the table: it starts when this replica leads for the first time, and its
 * work waits while another one does.
 */
final class LedControllers {

  /** So many threads at most work for controllers; the others are for requests. */
  private static final int THREADS = 2;

  private final Map<ControllerName, Runnable> table = new EnumMap<>(ControllerName.class);
  private final ServerConfig config;
  private final Executor workers;
  private final GatedExecutor led;
  private final Executor later;
  private final LeaderElection election;
  private boolean started;

  LedControllers(
      ServerConfig config,
      ObjectClient client,
      NamespaceContent content,
      Authorizer authorizer,
      ObjectGraph graph,
      SecretTokens tokens,
      FileWatcher watcher,
      Clock clock,
      Executor workers) {
    this.config = config;
    this.workers = workers;
    this.led = new GatedExecutor(workers, THREADS);
    this.later =
        CompletableFuture.delayedExecutor(Controllers.PAUSE_MILLIS, TimeUnit.MILLISECONDS, led);
    this.election =
        new LeaderElection(
            client,
            config.controllers(),
            identity(),
            alone(config.storage().engine()),
            clock,
            on(ForkJoinPool.commonPool()), // which refuses nothing, however busy the workers are
            new Gate());
    table.put(
        ControllerName.TOKEN_CLEANER,
        () -> new TokenCleaner(client, clock, on(led), led, later).start());
    table.put(
        ControllerName.BOOTSTRAP_SIGNER,
        () -> new BootstrapSigner(client, clock, led, later).start());
    table.put(
        ControllerName.CLUSTER_ROLE_AGGREGATION,
        () -> new ClusterRoleAggregator(client, led).start());
    table.put(
        ControllerName.SERVICE_ACCOUNT,
        () -> new DefaultServiceAccounts(client, led, later).start());
    table.put(
        ControllerName.NAMESPACE,
        () -> new NamespaceTermination(client, content, led, later).start());
    Optional<Watched<String>> rootCa =
        config.signing().rootCa().map(file -> Controllers.text(watcher, "--root-ca-file", file));
    table.put(
        ControllerName.GARBAGE_COLLECTOR, () -> new GarbageCollector(graph, led, later).start());
    table.put(
        ControllerName.SERVICE_ACCOUNT_TOKEN,
        () -> new TokenSecrets(client, tokens, rootCa, led, later).start());
    rootCa.ifPresent(
        bundle ->
            table.put(
                ControllerName.ROOT_CA_PUBLISHER,
                () -> new RootCaPublisher(client, bundle, led, later).start()));
    table.putAll(
        new CertificateControllers(client, authorizer, clock, led, later)
            .table(config.signing(), watcher));
  }

  /** Begins to lead, or to wait for that; the system namespaces are there already. */
  void start() {
    workers.execute(election::start);
  }

  /** Gives leadership up; done when others can see it. */
  Answer<Boolean> stop() {
    return election.stop();
  }

  /** Lets controllers work while this replica leads. */
  private final class Gate implements LeaderElection.Leading {
    @Override
    public void begins() {
      led.open();
      if (!started) {
        started = true;
        table.forEach(
            (name, controller) -> {
              if (config.controllers().runs(name)) {
                led.execute(controller);
              }
            });
      }
    }

    @Override
    public void ends() {
      led.shut();
    }
  }

  /** These engines lock their store: no other process can have it open. */
  private static boolean alone(StorageEngine engine) {
    return switch (engine) {
      case EMBEDDED, MEMORY -> true;
    };
  }

  private static Timer on(Executor executor) {
    return (pause, task) ->
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, executor)
            .execute(task);
  }

  private static String identity() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "sallyport";
    }
    return host + "_" + UUID.randomUUID();
  }
}
