package dev.sallyport.config;

/** Which HTTP an upstream is spoken to in. */
public enum UpstreamProtocol implements NamedChoice {
  HTTP1("http1"),
  /** With TLS by ALPN, where the upstream must agree; without TLS by prior knowledge. */
  HTTP2("http2"),
  /** With TLS what ALPN comes to; without TLS HTTP/1.1. */
  AUTO("auto");

  private final String text;

  UpstreamProtocol(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
