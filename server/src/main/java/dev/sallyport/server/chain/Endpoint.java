package dev.sallyport.server.chain;

import dev.sallyport.api.Answer;
import dev.sallyport.server.http.Response;

/**
 * What stands at the chain's end and answers one kind of request. It is only called when the
 * request may pass: the user is known and authorized. Refusals and threads as {@link
 * RequestHandler}.
 */
public interface Endpoint {
  Answer<Response> answer(RequestContext context);
}
