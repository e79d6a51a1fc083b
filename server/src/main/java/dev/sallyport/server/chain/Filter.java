package dev.sallyport.server.chain;

import dev.sallyport.api.Answer;
import dev.sallyport.server.http.Response;

/**
 * One station of the chain: it refuses, or hands the request on, perhaps with a context that knows
 * more. One instance serves all requests on all event loops.
 */
public interface Filter {

  /**
   * Called on an event loop, or on the thread that completed a filter before it; never blocks.
   *
   * @param next the rest of the chain, the same object for every request; called at most once
   * @throws dev.sallyport.api.StatusException to refuse (a failed answer says the same)
   */
  Answer<Response> apply(RequestContext context, RequestHandler next);
}
