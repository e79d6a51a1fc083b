package dev.sallyport.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The audit log.
 *
 * @param file empty: standard output
 * @param maxSize megabytes after which the file is rotated; 0 for 100
 * @param maxAge days that rotated files are kept; 0 for ever
 * @param maxBackups rotated files that are kept; 0 for all
 * @param compressed whether rotated files are packed by gzip
 */
public record AuditLogConfig(
    Optional<Path> file,
    Format format,
    AuditMode mode,
    AuditBatchConfig batch,
    AuditTruncationConfig truncation,
    int maxSize,
    int maxAge,
    int maxBackups,
    boolean compressed) {

  /** The form of a line. */
  public enum Format {
    JSON,
    LEGACY
  }

  public AuditLogConfig {
    Faults faults =
        new Faults()
            .check(maxSize >= 0, "--audit-log-maxsize", maxSize, "0 or more megabytes")
            .check(maxAge >= 0, "--audit-log-maxage", maxAge, "0 or more days")
            .check(maxBackups >= 0, "--audit-log-maxbackup", maxBackups, "0 or more files");
    if (mode == AuditMode.BATCH) {
      batch.check("--audit-log-batch-", faults);
    }
    truncation.check("--audit-log-truncate-", faults);
    faults.throwIfAny();
  }
}
