package dev.sallyport.server.assembly;

import dev.sallyport.authn.token.serviceaccount.VerificationKeys;
import dev.sallyport.config.LimitsConfig;
import dev.sallyport.config.ServiceAccountConfig;
import dev.sallyport.resources.discovery.DiscoveryDocuments;
import dev.sallyport.resources.openapi.OpenApiDocuments;
import dev.sallyport.resources.openapi.SwaggerDocument;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.resources.table.Tables;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.endpoint.DiscoveryEndpoint;
import dev.sallyport.server.endpoint.GetOnly;
import dev.sallyport.server.endpoint.MetricsEndpoint;
import dev.sallyport.server.endpoint.OpenApiEndpoint;
import dev.sallyport.server.endpoint.PathTable;
import dev.sallyport.server.endpoint.RootEndpoint;
import dev.sallyport.server.endpoint.Router;
import dev.sallyport.server.endpoint.SwaggerEndpoint;
import dev.sallyport.server.endpoint.VersionEndpoint;
import dev.sallyport.server.endpoint.health.HealthCheck;
import dev.sallyport.server.endpoint.health.HealthEndpoint;
import dev.sallyport.server.endpoint.resource.DeleteCollectionEndpoint;
import dev.sallyport.server.endpoint.resource.DeleteEndpoint;
import dev.sallyport.server.endpoint.resource.Desk;
import dev.sallyport.server.endpoint.resource.GetEndpoint;
import dev.sallyport.server.endpoint.resource.ListBudget;
import dev.sallyport.server.endpoint.resource.ListEndpoint;
import dev.sallyport.server.endpoint.resource.ObjectWriter;
import dev.sallyport.server.endpoint.resource.PatchEndpoint;
import dev.sallyport.server.endpoint.resource.ResourceEndpoint;
import dev.sallyport.server.endpoint.resource.ResourceRouter;
import dev.sallyport.server.endpoint.resource.ResourceRouter.Special;
import dev.sallyport.server.endpoint.resource.SeenCollections;
import dev.sallyport.server.endpoint.resource.WatchEndpoint;
import dev.sallyport.server.endpoint.resource.WriteEndpoint;
import dev.sallyport.server.endpoint.token.IssuerDiscoveryEndpoint;
import dev.sallyport.server.endpoint.token.KeySetEndpoint;
import dev.sallyport.server.endpoint.watch.Watches;
import dev.sallyport.server.endpoint.zpages.FlagzEndpoint;
import dev.sallyport.server.endpoint.zpages.StatuszEndpoint;
import dev.sallyport.server.metrics.ServerMetrics;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.sight.Sightings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Makes the endpoints and the tables that find them. */
final class EndpointFactory {

  private final Backend backend;
  private final ResponseWriter writer;
  private final Tables tables;

  EndpointFactory(Backend backend, ResponseWriter writer, Tables tables) {
    this.backend = backend;
    this.writer = writer;
    this.tables = tables;
  }

  /** Everything that a path can name, served from the store. */
  Endpoint router(Endpoint resources, PathTable paths, Executor workers) {
    Endpoint discovery =
        get(
            new DiscoveryEndpoint(
                new DiscoveryDocuments(backend.catalogue()), backend.catalogue(), writer));
    paths
        .path("/api", discovery)
        .path("/apis", discovery)
        .path("/apis/", discovery)
        .below("/api/", discovery)
        .below("/apis/", discovery);
    OpenApiDocuments documents =
        new OpenApiDocuments(
            backend.catalogue().serves("sallyport.dev", "v1alpha1"), backend.catalogue());
    Endpoint openApi = get(new OpenApiEndpoint(documents, workers));
    paths
        .path(OpenApiEndpoint.PATH, openApi)
        .path(OpenApiEndpoint.PATH + "/", openApi)
        .below(OpenApiEndpoint.PATH + "/", openApi)
        .path(
            SwaggerEndpoint.PATH,
            get(new SwaggerEndpoint(new SwaggerDocument(documents), workers)));
    paths.path("/", get(new RootEndpoint(backend.catalogue(), paths.paths(), writer)));
    return new Router(resources, paths);
  }

  /** The resources of the store, and what is answered under their names. */
  Endpoint resources(
      Watches watches,
      Sightings sightings,
      LimitsConfig limits,
      Map<Special, Endpoint> specials,
      Executor workers) {
    Desk desk = new Desk(workers);
    ResourceRegistry registry = backend.registry();
    ObjectWriter objects = new ObjectWriter(writer, tables, workers, ListBudget.ofHeap());
    SeenCollections seen = new SeenCollections(sightings, registry, backend.store());
    Map<String, ResourceEndpoint> verbs =
        Map.of(
            "get", new GetEndpoint(registry, objects),
            "list", new ListEndpoint(registry, objects, seen),
            "watch",
                new WatchEndpoint(
                    registry, watches, writer, tables, limits.minRequestTimeout(), seen),
            "create", new WriteEndpoint(registry::create, objects, desk),
            "update", new WriteEndpoint(registry::update, objects, desk),
            "patch", new PatchEndpoint(registry, objects, desk),
            "delete", new DeleteEndpoint(registry, objects, writer, desk),
            "deletecollection", new DeleteCollectionEndpoint(registry, objects, desk));
    return new ResourceRouter(backend.catalogue(), verbs, specials);
  }

  /** Probes, metrics and version: the server's own, whatever stands behind it. */
  PathTable ownPaths(
      Readiness readiness,
      ServerMetrics metrics,
      Map<String, String> flags,
      Clock clock,
      Executor workers) {
    PathTable paths = probes(readiness, metrics);
    Endpoint version = get(new VersionEndpoint(writer, OwnVersion.TEXT));
    return paths
        .path("/metrics", new MetricsEndpoint(metrics::scrape, workers))
        .path("/metrics/slis", new MetricsEndpoint(metrics.health()::scrape, workers))
        .path("/flagz", get(new FlagzEndpoint(flags)))
        .path(
            "/statusz",
            get(new StatuszEndpoint(VersionEndpoint.KUBERNETES, OwnVersion.TEXT, clock)))
        .path("/version", version)
        .unlisted("/version/", version);
  }

  /** Nothing but the probes. */
  static PathTable probes(Readiness readiness, ServerMetrics metrics) {
    PathTable paths = new PathTable();
    HealthEndpoint.Observer observer = metrics.health()::checked;
    probe(paths, "livez", readiness.alive(), observer);
    probe(paths, "readyz", readiness.ready(), observer);
    probe(paths, "healthz", readiness.alive(), observer);
    return paths;
  }

  /** What others need to know to verify tokens of service accounts. */
  static void issuer(
      PathTable paths,
      ServiceAccountConfig accounts,
      Supplier<VerificationKeys> keys,
      Supplier<String> external) {
    paths
        .path(
            "/.well-known/openid-configuration",
            get(
                new IssuerDiscoveryEndpoint(
                    accounts.issuers().get(0), keySet(accounts, external), keys)))
        .path("/openid/v1/jwks", get(new KeySetEndpoint(keys)));
  }

  private static Supplier<String> keySet(ServiceAccountConfig accounts, Supplier<String> external) {
    return accounts
        .keySet()
        .<Supplier<String>>map(given -> given::toString)
        .orElse(() -> "https://" + external.get() + "/openid/v1/jwks");
  }

  private static void probe(
      PathTable paths, String name, List<HealthCheck> checks, HealthEndpoint.Observer observer) {
    HealthEndpoint probe = new HealthEndpoint(name, checks, observer);
    paths.path("/" + name, probe);
    for (HealthCheck check : checks) {
      paths.path("/" + name + "/" + check.name(), probe);
    }
  }

  private static Endpoint get(Endpoint endpoint) {
    return new GetOnly(endpoint);
  }
}
