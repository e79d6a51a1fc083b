package dev.sallyport.server.filter;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Response;

/**
 * Refuses what no client sends in good faith and what two readers could understand differently,
 * before anybody looks at it. Framing has been checked by the codecs.
 */
public final class RequestFirewall implements Filter {

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    String method = context.request().method();
    if (!plain(method) || method.equals("CONNECT")) {
      throw new StatusException(Status.badRequest("the request's method is not one to serve"));
    }
    if (!context.request().path().startsWith("/")) {
      throw new StatusException(Status.badRequest("the request's target is not a path"));
    }
    return next.handle(context);
  }

  /** Upper-case letters only: methods are told apart by case, and verbs are not. */
  private static boolean plain(String method) {
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      if (c < 'A' || c > 'Z') {
        return false;
      }
    }
    return !method.isEmpty() && method.length() <= 32;
  }
}
