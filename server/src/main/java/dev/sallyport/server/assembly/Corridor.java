package dev.sallyport.server.assembly;

import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.JwtIdentityConfig;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.UpstreamConfig;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.config.routes.RouteConfiguration;
import dev.sallyport.config.routes.RouteMatch;
import dev.sallyport.config.routes.UpstreamSpec;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.factory.Groups;
import dev.sallyport.proxy.factory.UpstreamFactory;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.Route;
import dev.sallyport.server.endpoint.Router;
import dev.sallyport.server.endpoint.proxy.ProxyEndpoint;
import dev.sallyport.server.filter.CredentialHeaders;
import dev.sallyport.server.filter.HeaderView;
import dev.sallyport.server.filter.route.HostRoutes;
import dev.sallyport.server.filter.route.RouteEntry;
import dev.sallyport.server.filter.route.RouteTable;
import dev.sallyport.server.metrics.ServerMetrics;
import dev.sallyport.server.netty.Buffers;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.kubeconfig.FileSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Where requests go that are not answered here: routes, and behind them {@code --upstream}. */
final class Corridor {

  private final ServerConfig config;
  private final FileWatcher watcher;
  private final Resources resources;
  private final Set<String> own;
  private final HeaderView view;
  private final ServerMetrics metrics;
  private final UpstreamIdentities identities;
  private final RouteAuthorizations authorizations;
  private final Recorders recorders;

  /**
   * @param own the paths that stay this server's
   * @param authorizations makes the second doors of routes
   */
  Corridor(
      ServerConfig config,
      FileWatcher watcher,
      Resources resources,
      Set<String> own,
      ServerMetrics metrics,
      UpstreamIdentities identities,
      RouteAuthorizations authorizations) {
    this.config = config;
    this.watcher = watcher;
    this.resources = resources;
    this.own = own;
    this.view = new CredentialHeaders(config.authentication().requestHeader());
    this.metrics = metrics;
    this.identities = identities;
    this.authorizations = authorizations;
    this.recorders = new Recorders(resources);
  }

  /**
   * Today's routes.
   *
   * @throws ConfigException when a file of theirs cannot be used
   */
  Supplier<RouteTable> routes() {
    List<RouteEntry> last = new ArrayList<>();
    config.upstream().ifPresent(upstream -> last.add(otherwise(upstream)));
    if (!config.routing().any()) {
      RouteTable fixed = last.isEmpty() ? RouteTable.NONE : table(last);
      return () -> fixed;
    }
    RouteSources sources = new RouteSources(config.routing(), config.upstream().isPresent());
    Background background = resources.hold(new Background());
    Groups groups =
        resources.hold(
            new Groups(
                Buffers.POOL,
                background::loop,
                metrics.upstreams()::observer,
                spec -> identities.headers(spec.identity())));
    metrics.upstreams().follow(groups::groups);
    return watched(sources, groups, last)::current;
  }

  private Watched<RouteTable> watched(RouteSources sources, Groups groups, List<RouteEntry> last) {
    try {
      return watcher.watchFollowing(
          sources.first(), sources::others, contents -> compile(sources, groups, last, contents));
    } catch (InvalidFileException e) {
      String flag =
          config.routing().routes().isPresent() ? "--routes-config" : "--upstream-kubeconfig";
      throw new ConfigException(
          new Fault(flag, e.file().toString(), "usable routes: " + e.fault()));
    }
  }

  /** Everything that can fail comes before anything is changed. */
  private RouteTable compile(
      RouteSources sources, Groups groups, List<RouteEntry> last, List<FileContent> contents)
      throws InvalidFileException {
    FileSource files = FileSource.of(contents);
    RouteConfiguration read = sources.read(files);
    for (UpstreamSpec upstream : read.upstreams()) {
      identities.prepare(upstream.identity());
    }
    Map<String, WebhookTarget> targets = RouteAuthorizations.targets(read, files);
    Groups.Next next = groups.prepare(read, files);
    Map<String, RouteDoor> doors = authorizations.replace(read, targets);
    List<RouteEntry> entries =
        new RouteEntries(
                read, next.begin(), doors, identities, recorders, authorizations.sightings().open())
            .all();
    entries.addAll(last);
    return table(entries);
  }

  private RouteTable table(List<RouteEntry> entries) {
    return new HostRoutes(entries, own::contains, view);
  }

  /** The one-line form: whatever nobody else takes, but for this server's own paths. */
  private RouteEntry otherwise(UpstreamConfig upstream) {
    boolean cluster = upstream.identity().kind() == UpstreamIdentity.IMPERSONATE;
    Upstream opened = resources.hold(open(upstream));
    Recorders.check(upstream.streams().recording());
    ProxyEndpoint recorded =
        recorders.before(new ProxyEndpoint(opened, cluster), upstream.streams().recording());
    Endpoint proxy = identities.preparing(upstream.identity(), recorded);
    return new RouteEntry(
        RouteMatch.ALL, false, new Route("upstream", null, new Router(proxy, proxy)));
  }

  private Upstream open(UpstreamConfig upstream) {
    try {
      identities.prepare(upstream.identity());
      return UpstreamFactory.create(
          upstream, identities.mint(upstream.identity()), watcher, Buffers.POOL);
    } catch (InvalidFileException e) {
      throw new ConfigException(
          new Fault(flag(upstream, e.file()), e.file().toString(), "a usable file: " + e.fault()));
    }
  }

  private static String flag(UpstreamConfig config, Path file) {
    if (config.identity().jwt().flatMap(JwtIdentityConfig::signingKey).equals(Optional.of(file))) {
      return "--upstream-jwt-signing-key-file";
    }
    if (config.tls().certificateAuthority().equals(Optional.of(file))) {
      return "--upstream-ca-file";
    }
    if (config.tokenFile().equals(Optional.of(file))) {
      return "--upstream-token-file";
    }
    return config.tls().clientCertificate().map(KeyPairFiles::key).equals(Optional.of(file))
        ? "--upstream-client-key"
        : "--upstream-client-certificate";
  }
}
