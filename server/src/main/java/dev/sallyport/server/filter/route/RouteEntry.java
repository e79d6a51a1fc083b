package dev.sallyport.server.filter.route;

import dev.sallyport.config.routes.RouteMatch;
import dev.sallyport.server.chain.Route;

/**
 * A route and what leads to it.
 *
 * @param stripPrefix whether the matched prefix is cut off
 * @param leavesOwnPaths whether probes, metrics and the like stay this server's
 */
public record RouteEntry(
    RouteMatch match, boolean stripPrefix, boolean leavesOwnPaths, Route route) {

  /**
   * A route that asks for no host, server name or path leaves this server its own paths; one that
   * does takes whatever it matches.
   */
  public RouteEntry(RouteMatch match, boolean stripPrefix, Route route) {
    this(match, stripPrefix, general(match), route);
  }

  private static boolean general(RouteMatch match) {
    return match.hosts().isEmpty() && match.serverNames().isEmpty() && match.pathPrefix().isEmpty();
  }
}
