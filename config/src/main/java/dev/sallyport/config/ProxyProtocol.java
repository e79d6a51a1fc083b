package dev.sallyport.config;

/** How an upstream learns the client's address before the first byte. */
public enum ProxyProtocol implements NamedChoice {
  OFF("off"),
  V1("v1"),
  V2("v2");

  private final String text;

  ProxyProtocol(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
