package dev.sallyport.server.endpoint.filtered;

/** Reads JSON as it comes, in pieces that end anywhere. */
interface JsonPieces {

  /**
   * Takes a piece.
   *
   * @throws UnreadableAnswer when it cannot be what it should be; nothing may be taken after that
   */
  void take(byte[] piece) throws UnreadableAnswer;

  /**
   * There is nothing more.
   *
   * @throws UnreadableAnswer when something is missing
   */
  void end() throws UnreadableAnswer;

  /** Whether the byte may stand between values. */
  static boolean blank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
