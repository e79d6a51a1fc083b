package dev.sallyport.server.endpoint;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;

/** Refuses every method but GET, as kube-apiserver does for its documents. */
public record GetOnly(Endpoint endpoint) implements Endpoint {

  @Override
  public Answer<Response> answer(RequestContext context) {
    if (!context.request().method().equals("GET")) {
      throw new StatusException(Status.methodNotAllowed());
    }
    return endpoint.answer(context);
  }
}
