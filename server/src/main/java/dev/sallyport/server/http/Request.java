package dev.sallyport.server.http;

import dev.sallyport.api.Headers;

/** One request, whichever HTTP version carries it. Framing has been checked. */
public interface Request {

  /** The method as it was sent. */
  String method();

  /** The path as it was sent, percent-encoded, starting with a slash, without the query. */
  String path();

  /** The query behind the question mark, still encoded; "" without one. */
  String query();

  /** The Host header's or :authority's value. */
  String authority();

  Headers headers();

  RequestBody body();

  Connection connection();

  /** Where it comes from; found once. On the event loop or behind it. */
  default Origin origin() {
    return Origin.of(connection().remoteAddress());
  }

  /** Runs the action once when the exchange ends early: the client has gone or reset the stream. */
  void onAbort(Runnable action);
}
