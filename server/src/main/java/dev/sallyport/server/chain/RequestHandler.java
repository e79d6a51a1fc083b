package dev.sallyport.server.chain;

import dev.sallyport.api.Answer;
import dev.sallyport.server.http.Response;

/**
 * The rest of the chain behind a filter, ending in an {@link Endpoint}. Called on an event loop; it
 * never blocks. A refusal is a {@link dev.sallyport.api.StatusException}, thrown or carried by the
 * answer; whatever else fails becomes a 500.
 */
@FunctionalInterface
public interface RequestHandler {
  Answer<Response> handle(RequestContext context);
}
