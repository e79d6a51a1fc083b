package dev.sallyport.server.http;

/** What a tunnel, or another answer that lasts, ended by. */
public enum TunnelEnd {
  /** The client ended its way first, went, or broke the rules of what it speaks. */
  CLIENT("client"),
  /** What stands behind ended its way first, broke, or took nothing any more. */
  UPSTREAM("upstream"),
  /** The credential that opened it was called in. */
  REVOKED("revoked"),
  /** The credential that opened it has expired. */
  EXPIRED("expired"),
  /** The client took nothing, or one side went on when the other had long ended. */
  STALLED("stalled"),
  /** It had to be recorded and could not be. */
  UNRECORDED("unrecorded"),
  /** The server stopped. */
  SHUTDOWN("shutdown");

  private final String text;

  TunnelEnd(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
