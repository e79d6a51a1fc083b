package dev.sallyport.webhook;

/**
 * Takes the body of a successful answer piece by piece. Called on the client's own thread: it does
 * little, or hops.
 */
public interface BodySink {

  /** The server has said yes; the pieces follow. */
  void began();

  /**
   * @param bytes the receiver's own
   */
  void piece(byte[] bytes);
}
