package dev.sallyport.config;

/** The oldest TLS version a client may speak ({@code --tls-min-version}), by Go's names. */
public enum TlsVersion {
  TLS_1_2("VersionTLS12", "TLSv1.2"),
  TLS_1_3("VersionTLS13", "TLSv1.3");

  private final String flagValue;
  private final String protocol;

  TlsVersion(String flagValue, String protocol) {
    this.flagValue = flagValue;
    this.protocol = protocol;
  }

  /** As the flag says it: {@code VersionTLS12}. */
  public String flagValue() {
    return flagValue;
  }

  /** As Java and OpenSSL say it: {@code TLSv1.2}. */
  public String protocol() {
    return protocol;
  }
}
