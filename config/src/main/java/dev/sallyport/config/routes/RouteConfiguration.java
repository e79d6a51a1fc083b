package dev.sallyport.config.routes;

import java.util.ArrayList;
import java.util.List;

/**
 * Upstreams and the routes to them. What it says has been checked; files it names have not been
 * looked into.
 *
 * @param upstreams with names of their own
 * @param routes in the file's order, with names of their own
 */
public record RouteConfiguration(List<UpstreamSpec> upstreams, List<RouteConfig> routes) {

  public static final RouteConfiguration EMPTY = new RouteConfiguration(List.of(), List.of());

  public RouteConfiguration {
    upstreams = List.copyOf(upstreams);
    routes = List.copyOf(routes);
  }

  /** These and then those of another one. */
  public RouteConfiguration and(RouteConfiguration other) {
    List<UpstreamSpec> allUpstreams = new ArrayList<>(upstreams);
    allUpstreams.addAll(other.upstreams);
    List<RouteConfig> allRoutes = new ArrayList<>(routes);
    allRoutes.addAll(other.routes);
    return new RouteConfiguration(allUpstreams, allRoutes);
  }
}
