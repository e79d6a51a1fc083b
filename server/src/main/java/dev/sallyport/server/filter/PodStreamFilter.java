package dev.sallyport.server.filter;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.chain.Route;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.Upgrades;

/**
 * A WebSocket or SPDY connection into a pod wants the right to create, which a POST would want too:
 * browsers can only open it by GET, and who may only read must not get a shell.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/issues/78741">kubernetes#78741</a>
 */
public final class PodStreamFilter implements Filter {

  private final AuthorizationFilter authorization;

  /**
   * @param authorization decides as it does for every request
   */
  public PodStreamFilter(AuthorizationFilter authorization) {
    this.authorization = authorization;
  }

  /** A route with a door of its own has judged this there. */
  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    Route route = context.route();
    return route == null || route.authorization() == null
        ? judge(context, next)
        : next.handle(context);
  }

  /** Lets the request pass if it may create what it opens. */
  public Answer<Response> judge(RequestContext context, RequestHandler next) {
    RequestInfo info = context.info();
    if (!intoPod(info) || !upgrades(context.request())) {
      return next.handle(context);
    }
    RequestInfo creation =
        RequestInfo.ofResource(
            "create",
            info.apiGroup(),
            info.apiVersion(),
            info.namespace(),
            info.resource(),
            info.subresource(),
            info.name());
    return authorization.decide(new Attributes(context.user(), creation), context, next);
  }

  /** The wider of two readings, so that nothing becomes a tunnel that was not seen as one here. */
  private static boolean upgrades(Request request) {
    return WebSockets.upgrades(request.headers()) || !Upgrades.protocol(request).isEmpty();
  }

  private static boolean intoPod(RequestInfo info) {
    return info.resource().equals("pods")
        && info.verb().equals("get")
        && info.apiGroup().isEmpty()
        && switch (info.subresource()) {
          case "exec", "attach", "portforward" -> true;
          default -> false;
        };
  }
}
