package dev.sallyport.config;

/**
 * The one header in which trusted proxies tell whom they serve ({@code --trusted-proxy-header}).
 */
public enum ForwardingHeader {
  /** The addresses of client and proxies, nearest last. */
  X_FORWARDED_FOR("X-Forwarded-For"),
  /** RFC 7239. */
  FORWARDED("Forwarded");

  private final String flagValue;

  ForwardingHeader(String flagValue) {
    this.flagValue = flagValue;
  }

  public String flagValue() {
    return flagValue;
  }
}
