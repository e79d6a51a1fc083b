package dev.sallyport.config.options;

import dev.sallyport.config.Faults;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Flags of kube-apiserver v1.36 that this server does not act on, so that a copied manifest starts.
 * What is without meaning is passed over with one warning each, and so is what is not built yet as
 * long as going without keeps a door shut: without an identity provider its tokens are refused.
 * What would open a door (a webhook that says no, a file that limits anonymous access) or lose a
 * safeguard unseen (encryption at rest) stops the start.
 */
final class ForeignOptions {
  final FlagSection section = new FlagSection("Accepted but unused");

  private final List<Flag<?>> meaningless = new ArrayList<>();
  private final List<Flag<?>> later = new ArrayList<>();
  private final Map<Flag<?>, String> refused = new LinkedHashMap<>();

  ForeignOptions() {
    meaningless();
    later();
    refused();
  }

  List<String> warnings() {
    List<String> lines = new ArrayList<>();
    warn(meaningless, "has no meaning here, it is ignored", lines);
    warn(later, "is not supported yet, it is ignored", lines);
    return lines;
  }

  void check(Faults faults) {
    refused.forEach(
        (flag, loss) -> {
          if (flag.isSet() && !flag.text().isEmpty()) {
            faults.add(flag.label(), flag.text(), "no such flag; not supported yet, and " + loss);
          }
        });
  }

  private static void warn(List<Flag<?>> flags, String what, List<String> lines) {
    for (Flag<?> flag : flags) {
      if (flag.isSet()) {
        lines.add(flag.label() + " " + what);
      }
    }
  }

  private void meaningless() {
    String why = "No meaning here: ";
    texts(
        meaningless,
        why + "there is no cluster to advertise to.",
        "kubernetes-service-node-port",
        "peer-advertise-ip",
        "peer-advertise-port",
        "peer-ca-file");
    texts(
        meaningless,
        why + "there are no kubelets.",
        "kubelet-certificate-authority",
        "kubelet-client-certificate",
        "kubelet-client-key",
        "kubelet-port",
        "kubelet-preferred-address-types",
        "kubelet-read-only-port",
        "kubelet-timeout",
        "max-connection-bytes-per-sec");
    switches(meaningless, why + "no container runs here.", "allow-privileged");
    texts(
        meaningless,
        why + "no pod runs here.",
        "default-not-ready-toleration-seconds",
        "default-unreachable-toleration-seconds");
    texts(
        meaningless,
        why + "no API server is aggregated.",
        "proxy-client-cert-file",
        "proxy-client-key-file");
    switches(
        meaningless,
        why + "no API server is aggregated.",
        "aggregator-reject-forwarding-redirect",
        "enable-aggregator-routing");
    texts(
        meaningless,
        why + "there is one version and nothing to emulate.",
        "emulated-version",
        "feature-gates",
        "min-compatibility-version");
    switches(
        meaningless,
        why + "there is one version and nothing to emulate.",
        "emulation-forward-compatible",
        "runtime-config-emulation-forward-compatible");
    switches(
        meaningless,
        why + "a JVM is profiled by other means.",
        "contention-profiling",
        "profiling");
    texts(meaningless, why + "a JVM is profiled by other means.", "debug-socket-path");
    switches(meaningless, why + "in-flight limits take its place.", "enable-priority-and-fairness");
    switches(meaningless, why + "logs go to standard error.", "enable-logs-handler");
    texts(
        meaningless,
        why + "logs go to standard error, line by line.",
        "log-flush-frequency",
        "log-json-info-buffer-size",
        "log-text-info-buffer-size",
        "vmodule");
    switches(
        meaningless,
        why + "logs go to standard error, line by line.",
        "log-json-split-stream",
        "log-text-split-stream");
    switches(meaningless, why + "everything is served from the cache.", "watch-cache");
    texts(
        meaningless,
        why + "everything is served from the cache.",
        "default-watch-cache-size",
        "watch-cache-sizes");
    texts(
        meaningless,
        why + "there is no leader to elect.",
        "coordinated-leadership-lease-duration",
        "coordinated-leadership-renew-deadline",
        "coordinated-leadership-retry-period");
    texts(meaningless, why + "objects are kept as JSON.", "storage-media-type");
  }

  private void later() {
    String why = "Not supported yet: ";
    texts(
        later,
        why + "objects are kept in --data-dir.",
        "etcd-cafile",
        "etcd-certfile",
        "etcd-count-metric-poll-period",
        "etcd-db-metric-poll-interval",
        "etcd-healthcheck-timeout",
        "etcd-keyfile",
        "etcd-prefix",
        "etcd-readycheck-timeout",
        "etcd-servers",
        "etcd-servers-overrides",
        "lease-reuse-duration-seconds",
        "storage-backend",
        "storage-initialization-timeout");
    texts(
        later,
        why + "the admission plug-ins are fixed.",
        "admission-control",
        "admission-control-config-file",
        "disable-admission-plugins",
        "enable-admission-plugins");
    switches(
        later,
        why + "goes with a flag that is refused.",
        "encryption-provider-config-automatic-reload");
    texts(
        later,
        why + "the server does without.",
        "allow-metric-labels",
        "allow-metric-labels-manifest",
        "cors-allowed-origins",
        "delete-collection-workers",
        "disabled-metrics",
        "egress-selector-config-file",
        "external-hostname",
        "goaway-chance",
        "livez-grace-period",
        "runtime-config",
        "show-hidden-metrics-for-version",
        "strict-transport-security-directives",
        "tracing-config-file");
    switches(
        later,
        why + "the server does without.",
        "disable-http2-serving",
        "permit-address-sharing",
        "permit-port-sharing",
        "shutdown-send-retry-after");
  }

  private void refused() {
    refuse("what it limits would be open", "authorization-policy-file");
    refuse("secrets would be stored in plain text", "encryption-provider-config");
    refuse("tokens would be signed by another key", "service-account-signing-endpoint");
  }

  private void refuse(String loss, String... names) {
    String help = "Refused: not supported yet, and without it " + loss + ".";
    for (String name : names) {
      refused.put(section.flag(name, ValueType.STRING, "", help), loss);
    }
  }

  private void texts(List<Flag<?>> kind, String help, String... names) {
    for (String name : names) {
      kind.add(section.flag(name, ValueType.STRING, "", help));
    }
  }

  private void switches(List<Flag<?>> kind, String help, String... names) {
    for (String name : names) {
      kind.add(section.flag(name, ValueType.SWITCH, "false", help));
    }
  }
}
