package dev.sallyport.config.pki;

/** What a certificate may be used for (extended key usage, RFC 5280, 4.2.1.12). */
public enum Purpose {
  SERVER("1.3.6.1.5.5.7.3.1"),
  CLIENT("1.3.6.1.5.5.7.3.2");

  private final String oid;

  Purpose(String oid) {
    this.oid = oid;
  }

  String oid() {
    return oid;
  }
}
