package dev.sallyport.config;

/** What exec, attach and port-forward speak with an upstream. */
public enum StreamingProtocol implements NamedChoice {
  /** Whatever the client speaks. */
  AUTO("auto"),
  WEBSOCKET("websocket"),
  SPDY("spdy");

  private final String text;

  StreamingProtocol(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
