package dev.sallyport.server.filter.route;

import dev.sallyport.server.chain.RequestContext;

/** All routes of one moment. Any thread. */
@FunctionalInterface
public interface RouteTable {

  /** No route at all. */
  RouteTable NONE = context -> context;

  /**
   * The context with its route and with the request as the upstream will see it; the same context
   * when no route matches.
   *
   * @throws dev.sallyport.api.StatusException when the request came by the wrong connection
   */
  RequestContext route(RequestContext context);
}
