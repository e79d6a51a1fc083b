package dev.sallyport.expressions;

/** An expression that cannot be compiled. The message is one line and fit for who wrote it. */
public final class InvalidExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidExpressionException(String message) {
    super(message);
  }

  /** What is wrong, in one line. */
  public String fault() {
    return String.valueOf(getMessage());
  }
}
