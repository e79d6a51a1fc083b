package dev.sallyport.server.http;

import dev.sallyport.api.Answer;

/**
 * Answers requests. Called on the connection's event loop; the answer may come on any thread and is
 * written by one hop back. A failure that reaches the caller becomes a 500 Status.
 */
public interface HttpHandler {
  Answer<Response> handle(Request request);
}
