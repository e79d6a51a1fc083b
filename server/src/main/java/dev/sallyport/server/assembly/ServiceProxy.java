package dev.sallyport.server.assembly;

import dev.sallyport.authz.factory.RouteJudge;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.IdentityConfig;
import dev.sallyport.config.ServiceProxyConfig;
import dev.sallyport.config.UpstreamConfig;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.RenewedValue;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.config.routes.AttributesConfig;
import dev.sallyport.config.routes.RouteAuthorizationConfig;
import dev.sallyport.config.routes.ServiceProxyFile;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.factory.UpstreamFactory;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.Route;
import dev.sallyport.server.endpoint.Router;
import dev.sallyport.server.endpoint.proxy.ProxyEndpoint;
import dev.sallyport.server.filter.route.RouteTable;
import dev.sallyport.server.netty.Buffers;
import dev.sallyport.webhook.kubeconfig.ClusterTargets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one upstream of kube-rbac-proxy's flags: every path is its own, and judged as they say. */
final class ServiceProxy {

  private final ServiceProxyConfig config;
  private final UpstreamConfig upstream;
  private final FileWatcher watcher;
  private final Resources resources;
  private final RouteAuthorizations authorizations;
  private final UpstreamIdentities identities;

  ServiceProxy(
      ServiceProxyConfig config,
      UpstreamConfig upstream,
      FileWatcher watcher,
      Resources resources,
      RouteAuthorizations authorizations,
      UpstreamIdentities identities) {
    this.config = config;
    this.upstream = upstream;
    this.watcher = watcher;
    this.resources = resources;
    this.authorizations = authorizations;
    this.identities = identities;
  }

  /**
   * Leads every request to the upstream, by what the file says today.
   *
   * @throws ConfigException when one of the files cannot be used
   */
  Supplier<RouteTable> routes() {
    Endpoint endpoint = endpoint();
    Watched<AttributesConfig> attributes = attributes();
    RouteJudge judge = judge(ServiceProxyFile.route(config, attributes.current()));
    Watched<RouteTable> tables =
        RenewedValue.derived(
            attributes, asked -> table(ServiceProxyFile.route(config, asked), judge, endpoint));
    return tables::current;
  }

  private RouteTable table(
      RouteAuthorizationConfig asked, @Nullable RouteJudge judge, Endpoint endpoint) {
    RouteDoor door = authorizations.door(asked, judge);
    Route route = new Route("upstream", door.authorization(), door.paths(), endpoint);
    return context -> context.routed(route, context.request());
  }

  private Watched<AttributesConfig> attributes() {
    if (config.file().isEmpty()) {
      return Watched.fixed(AttributesConfig.PATH);
    }
    Path file = config.file().get();
    try {
      return watcher.watch(List.of(file), files -> ServiceProxyFile.parse(files.get(0)));
    } catch (InvalidFileException e) {
      throw fault("--config-file", e, "a configuration of kube-rbac-proxy");
    }
  }

  private @Nullable RouteJudge judge(RouteAuthorizationConfig asked) {
    if (config.cluster().isEmpty()) {
      return null;
    }
    try {
      RouteJudge judge =
          authorizations.judge(
              "kubeconfig", asked, ClusterTargets.watch(config.cluster().get(), watcher));
      resources.hold((AutoCloseable) judge.end()::run);
      return judge;
    } catch (InvalidFileException e) {
      throw fault("--kubeconfig", e, "files of a cluster");
    }
  }

  private Endpoint endpoint() {
    IdentityConfig identity = upstream.identity();
    try {
      identities.prepare(identity);
      Upstream opened =
          resources.hold(
              UpstreamFactory.create(upstream, identities.mint(identity), watcher, Buffers.POOL));
      Endpoint proxy =
          identities.preparing(
              identity, new ProxyEndpoint(opened, identity.kind() == UpstreamIdentity.IMPERSONATE));
      return new Router(proxy, proxy);
    } catch (InvalidFileException e) {
      throw fault("--upstream", e, "an upstream with usable files");
    }
  }

  private static ConfigException fault(String flag, InvalidFileException e, String expected) {
    return new ConfigException(new Fault(flag, e.file().toString(), expected + ": " + e.fault()));
  }
}
