package dev.sallyport.junit;

/** The server refused, or could not be asked. The message is the server's own where it gave one. */
public final class RequestFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  RequestFailedException(int status, String message) {
    super(message);
    this.status = status;
  }

  RequestFailedException(String message, Throwable cause) {
    super(message, cause);
    this.status = 0;
  }

  /** The HTTP status; 0 if there was no answer. */
  public int status() {
    return status;
  }
}
