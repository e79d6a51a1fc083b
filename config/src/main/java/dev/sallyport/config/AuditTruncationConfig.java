package dev.sallyport.config;

/**
 * What becomes of events that are too large: they lose their objects.
 *
 * @param enabled whether anything is too large at all
 * @param maxBatchSize bytes of a batch
 * @param maxEventSize bytes of an event
 */
public record AuditTruncationConfig(boolean enabled, int maxBatchSize, int maxEventSize) {

  void check(String prefix, Faults faults) {
    if (enabled) {
      faults
          .check(maxEventSize > 0, prefix + "max-event-size", maxEventSize, "1 or more")
          .check(
              maxBatchSize >= maxEventSize,
              prefix + "max-batch-size",
              maxBatchSize,
              "at least " + prefix + "max-event-size");
    }
  }
}
