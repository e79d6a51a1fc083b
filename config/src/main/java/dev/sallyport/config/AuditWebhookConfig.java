package dev.sallyport.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The server that events are sent to.
 *
 * @param kubeconfig the file that says where it is and how to speak to it
 * @param initialBackoff how long to wait before the first repetition of a failed call
 */
public record AuditWebhookConfig(
    Path kubeconfig,
    AuditMode mode,
    Duration initialBackoff,
    AuditBatchConfig batch,
    AuditTruncationConfig truncation) {

  public AuditWebhookConfig {
    Faults faults =
        new Faults()
            .check(
                !initialBackoff.isNegative() && !initialBackoff.isZero(),
                "--audit-webhook-initial-backoff",
                initialBackoff,
                "more than 0s");
    if (mode == AuditMode.BATCH) {
      batch.check("--audit-webhook-batch-", faults);
    }
    truncation.check("--audit-webhook-truncate-", faults);
    faults.throwIfAny();
  }
}
