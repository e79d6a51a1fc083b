package dev.sallyport.webhook;

/**
 * The way out of the house, one for the whole server: makes clients, which share its one thread.
 * Nothing is started or loaded before the first call.
 */
public interface HttpsConnector extends AutoCloseable {

  /** A client of its own, with connections of its own. Cheap; close it when it is replaced. */
  HttpsClient client(TlsPeer peer);

  /** Ends every call and connection, and the thread. */
  @Override
  void close();
}
