package dev.sallyport.server.endpoint.filtered;

/** Takes a stream of JSON objects apart. For one thread. */
final class EventPieces implements JsonPieces {

  private final JsonValue value;
  private final Reader reader;
  private boolean within;

  /** Who is told. */
  interface Reader {
    void object(byte[] json) throws UnreadableAnswer;
  }

  /**
   * @param most how many bytes an object may have
   */
  EventPieces(int most, Reader reader) {
    this.value = new JsonValue(most);
    this.reader = reader;
  }

  @Override
  public void take(byte[] piece) throws UnreadableAnswer {
    int at = 0;
    while (at < piece.length) {
      if (!within && JsonPieces.blank(piece[at])) {
        at++;
        continue;
      }
      if (!within && piece[at] != '{') {
        throw new UnreadableAnswer("an event that is no object");
      }
      within = true;
      at = value.take(piece, at, piece.length);
      if (value.complete()) {
        within = false;
        reader.object(value.next());
      }
    }
  }

  /** An event that is cut short is as good as not sent: the watch just ends. */
  @Override
  public void end() {}
}
