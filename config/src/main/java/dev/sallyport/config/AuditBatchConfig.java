package dev.sallyport.config;

import java.time.Duration;

/**
 * How events are gathered before they are kept. Checked only where the mode is batch.
 *
 * @param bufferSize events that may wait; later ones are dropped
 * @param maxSize events in one batch
 * @param maxWait how long a batch that is not full is held back
 * @param throttled whether the two limits below hold
 * @param qps batches a second in the long run
 * @param burst batches at once after a quiet time
 */
public record AuditBatchConfig(
    int bufferSize, int maxSize, Duration maxWait, boolean throttled, double qps, int burst) {

  /** Notes what is wrong with it; {@code prefix} is the flags' common beginning. */
  void check(String prefix, Faults faults) {
    faults
        .check(bufferSize > 0, prefix + "buffer-size", bufferSize, "1 or more")
        .check(maxSize > 0, prefix + "max-size", maxSize, "1 or more")
        .check(!maxWait.isNegative(), prefix + "max-wait", maxWait, "no negative time");
    if (throttled) {
      faults
          .check(qps > 0, prefix + "throttle-qps", qps, "more than 0")
          .check(burst > 0, prefix + "throttle-burst", burst, "1 or more");
    }
  }
}
