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

  /** Closes kept connections; calls under way come to their end, later ones fail as CANCELLED. */
  @Override
  void close();
}
