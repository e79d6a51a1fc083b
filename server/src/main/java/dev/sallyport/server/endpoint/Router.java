package dev.sallyport.server.endpoint;

import dev.sallyport.api.Answer;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;

/** Parts resources from bare paths; what is spelled oddly is served by nobody. */
public final class Router implements Endpoint {

  private final Endpoint resources;
  private final Endpoint paths;

  public Router(Endpoint resources, Endpoint paths) {
    this.resources = resources;
    this.paths = paths;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    if (PathForm.odd(context.request().path())) {
      return Answer.now(Responses.pathNotFound());
    }
    return (context.info().resourceRequest() ? resources : paths).answer(context);
  }
}
