package dev.sallyport.it.peers;

/** A session's way to the client. Calls wait until the bytes are written; not on an event loop. */
interface Wire {

  /**
   * @param channel as numbered in the WebSocket protocol: 1 stdout, 2 stderr, 3 error
   */
  void send(int channel, byte[] bytes, int length);

  /** All is said: ends the streams and the connection. */
  void finish();

  /** Whether errors are told as text, and successes not at all, as protocols before v4 do. */
  default boolean tellsErrorsOnly() {
    return false;
  }
}
