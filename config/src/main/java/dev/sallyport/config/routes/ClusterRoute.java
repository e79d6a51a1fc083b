package dev.sallyport.config.routes;

import dev.sallyport.config.IdentityConfig;
import dev.sallyport.config.IdentityExtras;
import dev.sallyport.config.KubeconfigReference;
import dev.sallyport.config.ProxyProtocol;
import dev.sallyport.config.StreamingProtocol;
import dev.sallyport.config.UpstreamProtocol;
import dev.sallyport.config.UpstreamTls;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A cluster as {@code --upstream-kubeconfig} makes it a route: below {@code /clusters/NAME}, and at
 * the host {@code NAME.domain}. Of the caller it is told by impersonation.
 *
 * @param name its context's, as far as that can stand in a path
 */
public record ClusterRoute(String name, KubeconfigReference kubeconfig) {

  /** What cannot stand in a name becomes a dash. */
  public static ClusterRoute of(KubeconfigReference kubeconfig) {
    StringBuilder name = new StringBuilder();
    kubeconfig.context().chars().forEach(c -> name.append(plain((char) c) ? (char) c : '-'));
    String text = name.toString();
    boolean dots = text.equals(".") || text.equals("..");
    return new ClusterRoute(dots ? text.replace('.', '-') : text, kubeconfig);
  }

  private static boolean plain(char c) {
    return Names.plain(c) || c == '@' || c == ':';
  }

  /**
   * The routes to some clusters. The only one may also be served at the root.
   *
   * @param domain under which each has a host's name
   * @param alone whether nothing else is served
   * @param extras what they are told beside the caller's own
   */
  public static RouteConfiguration all(
      List<ClusterRoute> clusters, Optional<String> domain, boolean alone, IdentityExtras extras) {
    List<UpstreamSpec> upstreams = new ArrayList<>();
    List<RouteConfig> routes = new ArrayList<>();
    for (ClusterRoute cluster : clusters) {
      String id = "cluster:" + cluster.name();
      upstreams.add(cluster.upstream(id, IdentityConfig.IMPERSONATE.with(extras)));
      routes.add(route(id, id, match(List.of(), "/clusters/" + cluster.name()), true));
      domain.ifPresent(
          suffix -> {
            String host = (cluster.name() + "." + suffix).toLowerCase(Locale.ROOT);
            routes.add(route(id + ":host", id, match(List.of(host), ""), false));
          });
    }
    if (alone && clusters.size() == 1) {
      String id = "cluster:" + clusters.get(0).name();
      routes.add(route(id + ":root", id, RouteMatch.ALL, false));
    }
    return new RouteConfiguration(upstreams, routes);
  }

  private static RouteMatch match(List<String> hosts, String prefix) {
    return new RouteMatch(hosts, List.of(), prefix, List.of(), List.of());
  }

  private static RouteConfig route(String name, String upstream, RouteMatch match, boolean strip) {
    return new RouteConfig(
        name,
        match,
        List.of(new UpstreamShare(upstream, 1)),
        strip,
        RouteAuthorizationConfig.DEFAULT,
        ListFiltering.OFF,
        Optional.empty());
  }

  private UpstreamSpec upstream(String id, IdentityConfig identity) {
    return new UpstreamSpec(
        id,
        List.of(),
        Optional.of(kubeconfig),
        UpstreamProtocol.HTTP1,
        UpstreamTls.DEFAULT,
        Optional.empty(),
        identity,
        Optional.empty(),
        UpstreamTimeouts.CLUSTER,
        UpstreamSpec.MAX_CLUSTER_CONNECTIONS,
        UpstreamSpec.RETRIES,
        StreamingProtocol.AUTO,
        ProxyProtocol.OFF);
  }
}
