package dev.sallyport.server.filter.route;

import dev.sallyport.api.Answer;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Response;
import java.util.function.Supplier;

/**
 * Finds a request's route. It stands before the request info is resolved, so that everything behind
 * it, authorization included, judges the path that the upstream will see.
 */
public final class RouteFilter implements Filter {

  private final Supplier<RouteTable> routes;

  /**
   * @param routes today's
   */
  public RouteFilter(Supplier<RouteTable> routes) {
    this.routes = routes;
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    return next.handle(routes.get().route(context));
  }
}
