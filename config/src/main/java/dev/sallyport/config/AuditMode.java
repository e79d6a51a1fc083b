package dev.sallyport.config;

/** Whether a request waits until its event is kept. */
public enum AuditMode {
  /** No: events go through a bounded queue; what it cannot hold is dropped and counted. */
  BATCH("batch"),
  /** Yes, but it goes on when the event is lost. */
  BLOCKING("blocking"),
  /** Yes, and a request whose first event is lost is refused. */
  BLOCKING_STRICT("blocking-strict");

  private final String flagValue;

  AuditMode(String flagValue) {
    this.flagValue = flagValue;
  }

  /** As the flag has it. */
  public String flagValue() {
    return flagValue;
  }
}
