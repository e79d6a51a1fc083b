package dev.sallyport.server.assembly;

import dev.sallyport.audit.factory.Audit;
import dev.sallyport.audit.factory.AuditFactory;
import dev.sallyport.config.AuditConfig;
import dev.sallyport.config.AuditLogConfig;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.options.FileFault;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.server.filter.audit.AuditBook;
import dev.sallyport.server.metrics.AuditSeries;
import dev.sallyport.webhook.HttpsConnector;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Opens the visitors' book where there is one. */
final class VisitorsBook {

  private VisitorsBook() {}

  /** Empty when nothing is audited, and then nothing of it is loaded either. */
  static Optional<AuditBook> open(
      AuditConfig config,
      FileWatcher watcher,
      HttpsConnector connector,
      AuditSeries series,
      Clock clock,
      Resources resources) {
    if (!config.enabled()) {
      return Optional.empty();
    }
    Path policy = config.policyFile().orElseThrow();
    try {
      Audit audit =
          resources.hold(
              new AuditFactory(watcher, series, clock, resources.workers())
                  .open(policy, config, connector));
      return Optional.of(new AuditBook(audit.policy(), audit.sink(), series, clock));
    } catch (InvalidFileException e) {
      throw new ConfigException(fault(config, e));
    }
  }

  private static Fault fault(AuditConfig config, InvalidFileException e) {
    Path file = e.file();
    if (config.policyFile().filter(file::equals).isPresent()) {
      return FileFault.of("--audit-policy-file", "an audit policy of audit.k8s.io/v1", e);
    }
    return config.log().flatMap(AuditLogConfig::file).filter(file::equals).isPresent()
        ? FileFault.of("--audit-log-path", "a file to append to", e)
        : FileFault.of("--audit-webhook-config-file", "a kubeconfig file of a webhook", e);
  }
}
