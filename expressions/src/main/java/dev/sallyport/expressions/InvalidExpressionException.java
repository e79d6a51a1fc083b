package dev.sallyport.expressions;

/** An expression that cannot be compiled. The message is one line and fit for who wrote it. */
public final class InvalidExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String shown;

  /**
   * @param message one line
   * @param shown the same, with the places in the expression pointed at in lines of their own
   */
  public InvalidExpressionException(String message, String shown) {
    super(message);
    this.shown = shown;
  }

  /** What is wrong, with the places in the expression pointed at in lines of their own. */
  public String shown() {
    return shown;
  }

  /** What is wrong, in one line. */
  public String fault() {
    return String.valueOf(getMessage());
  }
}
