package dev.sallyport.webhook;

/**
 * Asks servers that are trusted in one way. Connections are kept for further calls. For any thread;
 * nothing here blocks.
 *
 * <p>A call is repeated once when a kept connection turns out to have been closed before anything
 * was answered; else no call is ever repeated here.
 */
public interface HttpsClient extends AutoCloseable {

  HttpsCall send(HttpsRequest request);

  /**
   * As {@link #send}, but the body of a 2xx answer goes to the sink as it comes, however long it
   * is, and the reply, which comes at its end, has none. The deadline holds for all of it.
   */
  HttpsCall stream(HttpsRequest request, BodySink sink);

  /** Closes kept connections; calls under way come to their end, later ones fail as CANCELLED. */
  @Override
  void close();
}
