package dev.sallyport.audit;

/** How much of a request is written down; each holds what the one before holds. */
public enum Level {
  NONE("None"),
  /** Who, what, when, and what came of it. */
  METADATA("Metadata"),
  /** The object that was sent as well. */
  REQUEST("Request"),
  /** And the object that was answered. */
  REQUEST_RESPONSE("RequestResponse");

  private final String text;

  Level(String text) {
    this.text = text;
  }

  /** As policies and events spell it. */
  public String text() {
    return text;
  }

  public boolean atLeast(Level other) {
    return compareTo(other) >= 0;
  }
}
