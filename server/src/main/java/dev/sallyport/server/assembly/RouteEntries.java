package dev.sallyport.server.assembly;

import dev.sallyport.config.StreamingProtocol;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.routes.RouteConfig;
import dev.sallyport.config.routes.RouteConfiguration;
import dev.sallyport.config.routes.UpstreamShare;
import dev.sallyport.config.routes.UpstreamSpec;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.balance.SharedUpstreams;
import dev.sallyport.proxy.balance.UpstreamGroup;
import dev.sallyport.proxy.streams.translation.TranslatingUpstream;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.Route;
import dev.sallyport.server.endpoint.Router;
import dev.sallyport.server.endpoint.filtered.FilteredReads;
import dev.sallyport.server.endpoint.filtered.OpenReads;
import dev.sallyport.server.endpoint.proxy.ProxyEndpoint;
import dev.sallyport.server.filter.route.RouteEntry;
import dev.sallyport.server.netty.Buffers;
import dev.sallyport.server.sight.Sightings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes routes of their configuration. */
final class RouteEntries {

  private final RouteConfiguration configuration;
  private final Map<String, UpstreamGroup> groups;
  private final Map<String, RouteDoor> doors;
  private final UpstreamIdentities identities;
  private final Recorders recorders;
  private final OpenReads reads;
  private final Map<String, StreamingProtocol> streaming;
  private final Set<String> clusters;

  /**
   * @param groups the configuration's upstreams by their names
   * @param doors what stands before each route, by its name
   * @param reads where filtered answers are known
   */
  RouteEntries(
      RouteConfiguration configuration,
      Map<String, UpstreamGroup> groups,
      Map<String, RouteDoor> doors,
      UpstreamIdentities identities,
      Recorders recorders,
      OpenReads reads) {
    this.configuration = configuration;
    this.groups = groups;
    this.doors = doors;
    this.identities = identities;
    this.recorders = recorders;
    this.reads = reads;
    this.streaming =
        configuration.upstreams().stream()
            .collect(Collectors.toMap(UpstreamSpec::name, UpstreamSpec::streaming));
    this.clusters =
        configuration.upstreams().stream()
            .filter(each -> each.identity().kind() == UpstreamIdentity.IMPERSONATE)
            .map(UpstreamSpec::name)
            .collect(Collectors.toSet());
  }

  /** In the configuration's order. */
  List<RouteEntry> all() {
    List<RouteEntry> entries = new ArrayList<>();
    for (RouteConfig route : configuration.routes()) {
      entries.add(new RouteEntry(route.match(), route.stripPrefix(), route(route)));
    }
    return entries;
  }

  private Route route(RouteConfig route) {
    boolean cluster = route.upstreams().stream().anyMatch(each -> clusters.contains(each.name()));
    RouteDoor door = Objects.requireNonNull(doors.get(route.name()), route.name());
    ProxyEndpoint plain = new ProxyEndpoint(upstream(route.upstreams()), cluster);
    Endpoint recorded = recorders.before(plain, route.recording());
    Endpoint proxy = prepared(route, filtered(route, door, recorded, cluster));
    return new Route(route.name(), door.authorization(), door.paths(), new Router(proxy, proxy));
  }

  private Endpoint filtered(RouteConfig route, RouteDoor door, Endpoint proxy, boolean cluster) {
    Sightings sightings = door.sightings();
    if (sightings == null) {
      return proxy;
    }
    UpstreamGroup group = group(route.upstreams().get(0));
    return new FilteredReads(proxy, group, group.nameless(), sightings, reads, cluster);
  }

  private Endpoint prepared(RouteConfig route, Endpoint proxy) {
    Endpoint prepared = proxy;
    for (UpstreamSpec upstream : configuration.upstreams()) {
      if (route.upstreams().stream().anyMatch(each -> each.name().equals(upstream.name()))) {
        prepared = identities.preparing(upstream.identity(), prepared);
      }
    }
    return prepared;
  }

  private Upstream upstream(List<UpstreamShare> shares) {
    if (shares.size() == 1) {
      return way(shares.get(0));
    }
    return new SharedUpstreams(
        shares.stream().map(this::group).toList(),
        shares.stream().map(this::way).toList(),
        shares.stream().map(UpstreamShare::weight).toList());
  }

  /** The group in the protocol that it speaks for streams. */
  private Upstream way(UpstreamShare share) {
    StreamingProtocol protocol = Objects.requireNonNull(streaming.get(share.name()));
    return TranslatingUpstream.around(group(share), protocol, Buffers.POOL);
  }

  private UpstreamGroup group(UpstreamShare share) {
    return Objects.requireNonNull(groups.get(share.name()), share.name());
  }
}
