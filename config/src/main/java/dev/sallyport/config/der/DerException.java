package dev.sallyport.config.der;

/** Bytes that are no DER, or not the DER that was expected. */
public final class DerException extends Exception {
  private static final long serialVersionUID = 1L;

  public DerException(String message) {
    super(message);
  }
}
