package dev.sallyport.server.assembly;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.factory.AuthenticationChain;
import dev.sallyport.authn.factory.AuthenticationFactory;
import dev.sallyport.authn.factory.StoredCredentials;
import dev.sallyport.authn.token.serviceaccount.BoundObject;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountTokenIssuer;
import dev.sallyport.authz.factory.AuthorizerFactory;
import dev.sallyport.authz.factory.AuthorizerFactory.Authorization;
import dev.sallyport.authz.factory.RouteJudge;
import dev.sallyport.authz.factory.UpstreamJudges;
import dev.sallyport.authz.factory.Webhooks;
import dev.sallyport.authz.rbac.RbacEscalationCheck;
import dev.sallyport.authz.rbac.RbacIndex;
import dev.sallyport.config.ControllerName;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.ServiceProxyConfig;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.resources.AnswerEncoder;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.SchemaSource;
import dev.sallyport.resources.admission.DefaultClasses;
import dev.sallyport.resources.admission.DefaultTolerations;
import dev.sallyport.resources.admission.PodAccounts;
import dev.sallyport.resources.admission.PodPriority;
import dev.sallyport.resources.admission.PodRuntimes;
import dev.sallyport.resources.admission.PriorityClasses;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.resources.codec.CustomCodec;
import dev.sallyport.resources.codec.Encoders;
import dev.sallyport.resources.custom.CustomSchemas;
import dev.sallyport.resources.custom.CustomStrategies;
import dev.sallyport.resources.kinds.factory.BuiltInKinds;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.resources.schema.BuiltInSchemas;
import dev.sallyport.resources.table.Tables;
import dev.sallyport.server.chain.Chain;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.Route;
import dev.sallyport.server.endpoint.PathTable;
import dev.sallyport.server.endpoint.Router;
import dev.sallyport.server.endpoint.VersionEndpoint;
import dev.sallyport.server.endpoint.token.ExplanationEndpoint;
import dev.sallyport.server.endpoint.watch.Watches;
import dev.sallyport.server.filter.FilteredLists;
import dev.sallyport.server.filter.OwnCredentialFilter;
import dev.sallyport.server.filter.impersonation.ImpersonationFilter;
import dev.sallyport.server.filter.route.RouteTable;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.metrics.ServerMetrics;
import dev.sallyport.server.netty.Listener;
import dev.sallyport.server.netty.ListenerConfig;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.sight.Sightings;
import dev.sallyport.server.tls.TlsContexts;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.factory.Connectors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One start, in order: certificates and the store side by side, then the doors over the store, then
 * the controllers and the listener side by side.
 */
final class Startup {

  private final ServerConfig config;
  private final Clock clock = Clock.systemUTC();
  private final Resources resources = new Resources();
  private final Readiness readiness = new Readiness();
  private final HttpsConnector connector = resources.hold(Connectors.create());
  private final FileWatcher watcher = resources.hold(new FileWatcher());
  private final BuiltInCatalogue catalogue = new BuiltInCatalogue();
  private final SchemaSource builtInSchemas = new BuiltInSchemas();
  private final BuiltInCodec builtInCodec = new BuiltInCodec(builtInSchemas);
  private final ConversionClients converters =
      resources.hold(new ConversionClients(connector, builtInCodec));
  private final CustomResources customs =
      new CustomResources(
          catalogue, builtInCodec, new ConversionReviews(converters, resources.workers()));
  private final SchemaSource schemas = new CustomSchemas(builtInSchemas, customs.table());
  private final ObjectCodec codec = new CustomCodec(builtInCodec, builtInSchemas, customs.table());
  private final RbacIndex index;
  private final LastUsedLabels lastUsed = new LastUsedLabels(resources.workers());
  private volatile int boundPort;

  Startup(ServerConfig config) {
    this.config = config;
    this.index = new RbacIndex(config.authorization().filterLists());
    if (config.authentication().revocation().resource()) {
      catalogue.addOwn();
    }
  }

  CompletionStage<Sallyport> run() {
    CompletableFuture<Watched<TlsContexts>> certificates =
        CompletableFuture.supplyAsync(
            () -> StartFaults.certificates(config.serving(), config.authentication(), watcher),
            resources.workers());
    CompletableFuture<ResourceStore> store =
        CompletableFuture.supplyAsync(
            () -> StartFaults.store(config.storage(), new StoredKinds(catalogue.storable(), codec)),
            resources.workers());
    return StartFaults.both(certificates, store)
        .thenCompose(opened -> serve(opened.first(), opened.second()))
        .exceptionallyComposeAsync(
            failure -> {
              resources.close();
              return CompletableFuture.failedFuture(failure);
            },
            Startup::onItsOwnThread);
  }

  /** What fails last may do so on a thread that closing waits for: an event loop, the store's. */
  private static void onItsOwnThread(Runnable task) {
    Thread thread = new Thread(task, "failed-start");
    thread.setDaemon(true);
    thread.start();
  }

  private CompletionStage<Sallyport> serve(Watched<TlsContexts> certificates, ResourceStore store) {
    resources.hold(store);
    converters.services(store);
    customs.follow(store);
    readiness.storeLoaded();
    if (!config.storage().eventTtl().isZero()) {
      resources.hold(
          EventLife.start(
              store, catalogue, codec, config.storage().eventTtl(), clock, resources.workers()));
    }
    ServerMetrics metrics = new ServerMetrics(catalogue);
    Doors doors = doors(store, metrics);
    Backend backend = backend(store, doors);
    Watches watches = new Watches(store, config.limits().maxWatchesPerUser());
    customs.listen(
        change -> {
          if (change.redefines()) {
            watches.end(change.any().collection());
          }
        });
    Sightings sightings = new Sightings(doors.authorization().sights(), catalogue);
    sightings.onChange(watches::sightChanged);
    metrics.watchWatches(watches::count);
    ObjectClient client = new RegistryObjectClient(backend.registry(), store, codec, catalogue);
    lastUsed.writeBy(client);
    UpstreamIdentities identities =
        new UpstreamIdentities(
            config.authentication().serviceAccounts(), clock, resources.workers());
    Chain chain = chain(doors, backend, metrics, watches, sightings, identities);
    Controllers controllers = new Controllers(config, client, watcher, resources.workers());
    definitions(backend, client).start();
    LedControllers led = led(backend, client, doors);
    CompletionStage<Void> namespaces = controllers.namespaces();
    CompletionStage<Void> ready =
        namespaces
            .thenRun(readiness::namespacesMade)
            .thenRun(led::start)
            .thenCombine(
                controllers.policy().thenRun(readiness::policyReconciled),
                (nothing, neither) -> nothing);
    watcher.start(FileWatcher.INTERVAL);
    InetSocketAddress address =
        new InetSocketAddress(config.serving().bindAddress(), config.serving().port());
    return StartFaults.listening(
            "--secure-port",
            config.serving().port(),
            config.serving(),
            Listener.start(
                ListenerConfig.of(
                    address, config.serving().http2MaxStreams(), config.serving().clients()),
                certificates::current,
                chain))
        .thenCombine(
            ready,
            (listener, nothing) -> {
              boundPort = listener.address().getPort();
              resources.workers().execute(() -> controllers.publish(boundPort, catalogue));
              return listener;
            })
        .thenCombine(
            probes(certificates, metrics, doors, identities),
            (listener, nothing) -> {
              readiness.listening();
              return new Sallyport(config.limits(), readiness, listener, watches, led, resources);
            });
  }

  /** What this server says of itself where every path of the main port is an upstream's. */
  private CompletionStage<Void> probes(
      Watched<TlsContexts> certificates,
      ServerMetrics metrics,
      Doors doors,
      UpstreamIdentities identities) {
    int port = config.serviceProxy().map(ServiceProxyConfig::probesPort).orElse(0);
    if (port == 0) {
      return CompletableFuture.completedFuture(null);
    }
    PathTable shown = EndpointFactory.probes(readiness, metrics);
    if (mintsTokens()) {
      EndpointFactory.issuer(
          shown,
          config.authentication().serviceAccounts(),
          identities.published(doors.authentication().keys()),
          () -> external(port));
    }
    return StartFaults.listening(
            "--proxy-endpoints-port",
            port,
            config.serving(),
            ProbesListener.start(config.serving(), port, certificates::current, shown, resources))
        .thenAccept(listener -> {});
  }

  /** Whether the upstream learns who calls by a token of ours. */
  private boolean mintsTokens() {
    return config.upstream().map(each -> each.identity().jwt().isPresent()).orElse(false);
  }

  private RegistryObjectGraph graph(Backend backend) {
    RegistryObjectGraph graph =
        new RegistryObjectGraph(backend.registry(), backend.store(), codec, catalogue);
    customs.listen(change -> resources.workers().execute(graph::renew));
    return graph;
  }

  private DefinitionController definitions(Backend backend, ObjectClient client) {
    return new DefinitionController(
        customs,
        client,
        new CustomObjects(backend.registry(), backend.store()),
        backend.store(),
        clock,
        resources.workers(),
        CompletableFuture.delayedExecutor(
            Controllers.PAUSE_MILLIS, TimeUnit.MILLISECONDS, resources.workers()));
  }

  private LedControllers led(Backend backend, ObjectClient client, Doors doors) {
    ServiceAccountTokenIssuer issuer = doors.authentication().issuer();
    return new LedControllers(
        config,
        client,
        new RegistryNamespaceContent(backend.registry(), backend.store(), catalogue),
        doors.authorization().authorizer(),
        graph(backend),
        (namespace, account, uid, secret) ->
            issuer.issueLegacy(namespace, new BoundObject(account, uid), secret),
        watcher,
        clock,
        resources.workers());
  }

  private Doors doors(ResourceStore store, ServerMetrics metrics) {
    AuthenticationChain authentication =
        AuthenticationFactory.create(
            config.authentication(),
            watcher,
            connector,
            new StoredCredentials(
                new StoreServiceAccountLookup(store, codec),
                lastUsed,
                new StoreBootstrapSecrets(store, codec)),
            clock,
            resources.workers());
    metrics.watchInquiries(authentication.inquiries());
    if (config.authentication().revocation().resource()) {
      StoreRevocations.follow(store, codec, authentication.revocations());
    } else {
      StoreRevocations.refuseIgnored(store);
    }
    Authorization authorization =
        AuthorizerFactory.create(
            config.authorization(),
            index,
            watcher,
            new Webhooks(connector, clock, resources.workers(), metrics.webhooks()));
    config
        .authorization()
        .rbacFile()
        .ifPresentOrElse(
            files -> RoleSources.followFiles(index, files, watcher),
            () -> index.follow(new StoreRoleSource(store, codec)));
    return new Doors(
        authentication, authorization, new RbacEscalationCheck(index, authorization.authorizer()));
  }

  private Backend backend(ResourceStore store, Doors doors) {
    ResourceRegistry registry =
        new ResourceRegistry(
            store,
            codec,
            schemas,
            catalogue,
            new CustomStrategies(
                BuiltInKinds.strategies(
                    StoreServiceNetwork.follow(
                        store, codec, config.kubernetesService().network()))),
            new PodAccounts(store, codec, resources.workers())
                .and(new PodPriority(store, codec))
                .and(new PodRuntimes(store, codec))
                .and(new DefaultTolerations())
                .and(new EscalationAdmission(doors.escalation()))
                .and(
                    new CertificateAdmission(
                        doors.authorization().authorizer(), resources.workers()))
                .and(new DefaultClasses(store, codec))
                .and(new PriorityClasses(store, codec)),
            config.controllers().runs(ControllerName.GARBAGE_COLLECTOR),
            clock);
    List<AnswerEncoder> encoders =
        List.of(Encoders.of(BodyFormat.YAML), Encoders.of(BodyFormat.PROTOBUF));
    return new Backend(store, catalogue, codec, registry, encoders);
  }

  private Chain chain(
      Doors doors,
      Backend backend,
      ServerMetrics metrics,
      Watches watches,
      Sightings sightings,
      UpstreamIdentities identities) {
    ResponseWriter writer = new ResponseWriter(backend.encoders());
    EndpointFactory endpoints =
        new EndpointFactory(backend, writer, new Tables(codec, clock, customs.table()));
    ExplanationEndpoint explanations =
        new ExplanationEndpoint(
            doors.authentication().explainer(), doors.authentication().apiAudiences(), writer);
    PathTable paths =
        endpoints
            .ownPaths(readiness, metrics, config.flags(), clock, resources.workers())
            .unlisted(ExplanationEndpoint.PATH, explanations);
    if (mintsTokens() || (config.upstream().isPresent() && config.routing().any())) {
      EndpointFactory.issuer(
          paths,
          config.authentication().serviceAccounts(),
          identities.published(doors.authentication().keys()),
          () -> external(boundPort));
    }
    Supplier<RouteTable> routes = routes(doors, paths, writer, metrics, identities);
    Endpoint answering =
        config.upstream().isPresent()
            ? new Router(paths, paths)
            : stored(doors, backend, watches, sightings, writer, endpoints, paths, identities);
    return ChainFactory.create(
        config,
        doors,
        new OwnCredentialFilter(
            ExplanationEndpoint.PATH, doors.authentication().apiAudiences(), explanations::explain),
        VisitorsBook.open(config.audit(), watcher, connector, metrics.audit(), clock, resources),
        new ImpersonationFilter(doors.authorization().authorizer(), writer),
        // Of an upstream's lists nothing can be left out here.
        config.upstream().isPresent()
            ? Optional.empty()
            : Optional.of(new FilteredLists(sightings)),
        routes,
        context -> routed(context, answering),
        writer,
        metrics,
        clock);
  }

  private Supplier<RouteTable> routes(
      Doors doors,
      PathTable paths,
      ResponseWriter writer,
      ServerMetrics metrics,
      UpstreamIdentities identities) {
    RouteAuthorizations authorizations =
        resources.hold(
            new RouteAuthorizations(
                RouteJudge.always(
                    doors.authorization().authorizer(), doors.authorization().sights()),
                new UpstreamJudges(
                    new Webhooks(connector, clock, resources.workers(), metrics.webhooks())),
                writer,
                new RouteSightings(catalogue)));
    metrics.upstreams().followRoles(authorizations::contacts);
    if (config.serviceProxy().isPresent() && config.upstream().isPresent()) {
      return new ServiceProxy(
              config.serviceProxy().get(),
              config.upstream().get(),
              watcher,
              resources,
              authorizations,
              identities)
          .routes();
    }
    return new Corridor(
            config,
            watcher,
            resources,
            paths.servedBut(VersionEndpoint.PATHS),
            metrics,
            identities,
            authorizations)
        .routes();
  }

  private static Answer<Response> routed(RequestContext context, Endpoint otherwise) {
    Route route = context.route();
    return (route == null ? otherwise : route.endpoint()).answer(context);
  }

  /** What answers from the store. */
  private Endpoint stored(
      Doors doors,
      Backend backend,
      Watches watches,
      Sightings sightings,
      ResponseWriter writer,
      EndpointFactory endpoints,
      PathTable paths,
      UpstreamIdentities identities) {
    EndpointFactory.issuer(
        paths,
        config.authentication().serviceAccounts(),
        identities.published(doors.authentication().keys()),
        () -> external(boundPort));
    Endpoint kept =
        endpoints.resources(
            watches,
            sightings,
            config.limits(),
            Reviews.endpoints(config, doors, backend, writer, clock, resources.workers()),
            resources.workers());
    return endpoints.router(kept, paths, resources.workers());
  }

  /** Host and port by which clients reach this server. */
  private String external(int port) {
    InetAddress bound = config.serving().bindAddress();
    String host = bound.isAnyLocalAddress() ? "127.0.0.1" : bound.getHostAddress();
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return name + ":" + port;
  }
}
