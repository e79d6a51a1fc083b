package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.STRING;

import dev.sallyport.config.AuditConfig;
import dev.sallyport.config.AuditLogConfig;
import dev.sallyport.config.AuditMode;
import dev.sallyport.config.AuditWebhookConfig;
import dev.sallyport.config.Faults;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The visitors' book: who did what. */
final class AuditOptions {

  static final ValueType<AuditMode> MODE = ValueType.choice(AuditMode.class, AuditMode::flagValue);
  static final String MODE_HELP =
      "Whether requests wait for their events: batch, blocking, or blocking-strict, which refuses"
          + " requests whose event cannot be kept.";
  private static final String VERSION = "audit.k8s.io/v1";

  final FlagSection section = new FlagSection("Audit");

  private final Flag<Optional<Path>> policyFile =
      section.flag(
          "audit-policy-file",
          FILE,
          "",
          "Policy of audit.k8s.io/v1, YAML or JSON: which requests are written down. Read again"
              + " when it changes.");
  private final AuditLogOptions log = new AuditLogOptions(section);
  private final AuditWebhookOptions webhook = new AuditWebhookOptions(section);

  static Flag<String> version(FlagSection section, String name) {
    return section.flag(name, STRING, VERSION, "The version of events; there is one.");
  }

  static void checkVersion(Flag<String> version, Faults faults) {
    String text = version.read(faults);
    faults.check(text.equals(VERSION), version.label(), text, VERSION);
  }

  AuditConfig toConfig(Faults faults) {
    Optional<Optional<AuditLogConfig>> kept = faults.attempt(() -> log.toConfig(faults));
    Optional<Optional<AuditWebhookConfig>> sent = faults.attempt(() -> webhook.toConfig(faults));
    return new AuditConfig(
        policyFile.read(faults), kept.orElse(Optional.empty()), sent.orElse(Optional.empty()));
  }

  void checkFiles(GivenFiles files, FileCheck policy, FileCheck kubeconfig) {
    files.check(policyFile, "an audit policy of " + VERSION, policy);
    log.checkFiles(files);
    webhook.checkFiles(files, kubeconfig);
  }

  List<String> warnings(Faults faults) {
    boolean kept = log.given() || webhook.given();
    boolean judged = policyFile.read(faults).isPresent();
    if (kept && !judged) {
      return List.of("nothing is audited: there is no --audit-policy-file");
    }
    return judged && !kept
        ? List.of(
            "nothing is audited: there is neither --audit-log-path nor"
                + " --audit-webhook-config-file")
        : List.of();
  }
}
