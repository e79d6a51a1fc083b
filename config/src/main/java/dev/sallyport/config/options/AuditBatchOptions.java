package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.DURATION;
import static dev.sallyport.config.flags.ValueType.INT;
import static dev.sallyport.config.flags.ValueType.NUMBER;
import static dev.sallyport.config.flags.ValueType.SWITCH;

import dev.sallyport.config.AuditBatchConfig;
import dev.sallyport.config.AuditTruncationConfig;
import dev.sallyport.config.Faults;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.time.Duration;

/** The flags that an audit log and an audit webhook both have, under a prefix each. */
final class AuditBatchOptions {

  /** What a flag says when nobody gives it. */
  record Defaults(String maxSize, String maxWait, String throttled, String qps, String burst) {}

  private final Flag<Integer> bufferSize;
  private final Flag<Integer> maxSize;
  private final Flag<Duration> maxWait;
  private final Flag<Boolean> throttled;
  private final Flag<Double> qps;
  private final Flag<Integer> burst;
  private final Flag<Boolean> truncated;
  private final Flag<Integer> maxBatchBytes;
  private final Flag<Integer> maxEventBytes;

  /**
   * @param prefix such as {@code audit-log-}
   */
  AuditBatchOptions(FlagSection section, String prefix, Defaults defaults) {
    String batch = prefix + "batch-";
    bufferSize =
        section.flag(
            batch + "buffer-size",
            INT,
            "10000",
            "Events that may wait in mode batch; further ones are dropped and counted.");
    maxSize =
        section.flag(
            batch + "max-size", INT, defaults.maxSize, "Events in one batch; in mode batch.");
    maxWait =
        section.flag(
            batch + "max-wait",
            DURATION,
            defaults.maxWait,
            "How long a batch that is not full is held back; in mode batch.");
    throttled =
        section.flag(
            batch + "throttle-enable",
            SWITCH,
            defaults.throttled,
            "Whether batches are limited in number; in mode batch.");
    qps =
        section.flag(
            batch + "throttle-qps",
            NUMBER,
            defaults.qps,
            "Batches a second in the long run; in mode batch.");
    burst =
        section.flag(
            batch + "throttle-burst",
            INT,
            defaults.burst,
            "Batches at once after a quiet time; in mode batch.");
    truncated =
        section.flag(
            prefix + "truncate-enabled",
            SWITCH,
            "false",
            "Whether events that are too large lose their objects.");
    maxBatchBytes =
        section.flag(
            prefix + "truncate-max-batch-size", INT, "10485760", "Bytes of a batch at most.");
    maxEventBytes =
        section.flag(
            prefix + "truncate-max-event-size", INT, "102400", "Bytes of an event at most.");
  }

  AuditBatchConfig batch(Faults faults) {
    return new AuditBatchConfig(
        bufferSize.read(faults),
        maxSize.read(faults),
        maxWait.read(faults),
        throttled.read(faults),
        qps.read(faults),
        burst.read(faults));
  }

  AuditTruncationConfig truncation(Faults faults) {
    return new AuditTruncationConfig(
        truncated.read(faults), maxBatchBytes.read(faults), maxEventBytes.read(faults));
  }
}
