package dev.sallyport.server.filter;

import dev.sallyport.api.Answer;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.PercentCoding;
import dev.sallyport.server.chain.Query;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;

/** Decodes path and query, once, and resolves what is asked. */
public final class RequestInfoFilter implements Filter {

  private final RequestInfoResolver resolver = new RequestInfoResolver();

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    Request request = context.request();
    String path = PercentCoding.decodePath(request.path());
    if (path == null) {
      throw new StatusException(Status.badRequest("the path holds a broken percent escape"));
    }
    Query query = Query.parse(request.query());
    RequestInfo info = resolver.resolve(request.method(), path, query);
    return next.handle(context.resolved(info, query));
  }
}
