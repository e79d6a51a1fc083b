package dev.sallyport.config.csr;

/** A request that cannot be read or answered, or a chain that is none; the message says why. */
public final class CertificateRequestException extends Exception {
  private static final long serialVersionUID = 1;

  CertificateRequestException(String message) {
    super(message);
  }

  CertificateRequestException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Why; never null. */
  public String fault() {
    return String.valueOf(getMessage());
  }
}
