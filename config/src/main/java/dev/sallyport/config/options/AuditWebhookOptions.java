package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.DURATION;
import static dev.sallyport.config.flags.ValueType.FILE;

import dev.sallyport.config.AuditMode;
import dev.sallyport.config.AuditWebhookConfig;
import dev.sallyport.config.Faults;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The server that events are sent to; a part of the audit flags. */
final class AuditWebhookOptions {

  private final Flag<Optional<Path>> configFile;
  private final Flag<AuditMode> mode;
  private final Flag<String> version;
  private final Flag<Duration> initialBackoff;
  private final AuditBatchOptions batch;

  AuditWebhookOptions(FlagSection section) {
    configFile =
        section.flag(
            "audit-webhook-config-file",
            FILE,
            "",
            "Kubeconfig file of the server that events are sent to.");
    mode = section.flag("audit-webhook-mode", AuditOptions.MODE, "batch", AuditOptions.MODE_HELP);
    version = AuditOptions.version(section, "audit-webhook-version");
    initialBackoff =
        section.flag(
            "audit-webhook-initial-backoff",
            DURATION,
            "10s",
            "How long to wait before a failed call is repeated for the first time.");
    batch =
        new AuditBatchOptions(
            section,
            "audit-webhook-",
            new AuditBatchOptions.Defaults("400", "30s", "true", "10", "15"));
  }

  boolean given() {
    return !configFile.text().isEmpty();
  }

  Optional<AuditWebhookConfig> toConfig(Faults faults) {
    AuditOptions.checkVersion(version, faults);
    AuditWebhookConfig config =
        new AuditWebhookConfig(
            configFile.read(faults).orElse(Path.of("")),
            mode.read(faults),
            initialBackoff.read(faults),
            batch.batch(faults),
            batch.truncation(faults));
    return given() ? Optional.of(config) : Optional.empty();
  }

  void checkFiles(GivenFiles files, FileCheck kubeconfig) {
    files.check(configFile, "a kubeconfig file", kubeconfig);
  }
}
