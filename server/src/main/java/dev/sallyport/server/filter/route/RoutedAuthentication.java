package dev.sallyport.server.filter.route;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authn.Credential;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.chain.Route;
import dev.sallyport.server.filter.HeaderView;
import dev.sallyport.server.filter.StrippedRequest;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import java.util.List;
import java.util.Map;

/**
 * The first door of a route: paths that it does not have are not there, before anybody is asked for
 * a name, and its open paths ask for none. A credential brought to an open path is not looked at,
 * and nobody behind sees it.
 */
public final class RoutedAuthentication implements Filter {

  private static final UserInfo ANYBODY =
      new UserInfo(
          WellKnown.USER_ANONYMOUS, "", List.of(WellKnown.GROUP_UNAUTHENTICATED), Map.of());

  private final Filter authentication;
  private final HeaderView credentials;

  /**
   * @param authentication for all other paths
   * @param credentials hides what nobody behind may see
   */
  public RoutedAuthentication(Filter authentication, HeaderView credentials) {
    this.authentication = authentication;
    this.credentials = credentials;
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    Route route = context.route();
    if (route == null) {
      return authentication.apply(context, next);
    }
    if (!route.paths().knows(context)) {
      return Answer.now(Responses.pathNotFound());
    }
    return route.paths().opens(context)
        ? next.handle(
            context.authenticated(
                ANYBODY, Credential.NONE, new StrippedRequest(context.request(), credentials)))
        : authentication.apply(context, next);
  }
}
