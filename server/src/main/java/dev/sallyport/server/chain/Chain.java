package dev.sallyport.server.chain;

import dev.sallyport.api.Answer;
import dev.sallyport.server.http.HttpHandler;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import java.util.List;

/**
 * The filters in the order in which a request passes them, with the endpoint behind the last one.
 * Linked once; a request costs no object here but its context.
 */
public final class Chain implements HttpHandler {

  private final RequestHandler first;

  public Chain(List<Filter> filters, Endpoint endpoint) {
    RequestHandler handler = endpoint::answer;
    for (int i = filters.size() - 1; i >= 0; i--) {
      handler = new Link(filters.get(i), handler);
    }
    this.first = handler;
  }

  @Override
  public Answer<Response> handle(Request request) {
    String auditId = AuditIds.of(request.headers().first("audit-id"));
    return first.handle(RequestContext.of(request, auditId));
  }

  private record Link(Filter filter, RequestHandler next) implements RequestHandler {
    @Override
    public Answer<Response> handle(RequestContext context) {
      return filter.apply(context, next);
    }
  }
}
