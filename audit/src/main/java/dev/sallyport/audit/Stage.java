package dev.sallyport.audit;

/** When an event was written, in the life of its request. */
public enum Stage {
  REQUEST_RECEIVED("RequestReceived"),
  /** The head of an answer that goes on for a while, or a refusal before anybody was known. */
  RESPONSE_STARTED("ResponseStarted"),
  RESPONSE_COMPLETE("ResponseComplete"),
  /** The request ended in a defect of this server. */
  PANIC("Panic");

  private final String text;

  Stage(String text) {
    this.text = text;
  }

  /** As policies and events spell it. */
  public String text() {
    return text;
  }
}
