package dev.sallyport.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The visitors' book.
 *
 * @param policyFile what is written down; empty: nothing
 */
public record AuditConfig(
    Optional<Path> policyFile, Optional<AuditLogConfig> log, Optional<AuditWebhookConfig> webhook) {

  /** Whether any event is made and kept. */
  public boolean enabled() {
    return policyFile.isPresent() && (log.isPresent() || webhook.isPresent());
  }
}
