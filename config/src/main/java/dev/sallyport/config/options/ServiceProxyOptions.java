package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.INT;
import static dev.sallyport.config.flags.ValueType.LIST;
import static dev.sallyport.config.flags.ValueType.STRING;
import static dev.sallyport.config.flags.ValueType.SWITCH;

import dev.sallyport.config.ClusterLocation;
import dev.sallyport.config.Faults;
import dev.sallyport.config.IdentityConfig;
import dev.sallyport.config.IdentityHeaderNames;
import dev.sallyport.config.ServiceProxyConfig;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.routes.HeaderName;
import dev.sallyport.config.routes.PathPattern;
import dev.sallyport.config.routes.ServiceProxyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The flags of kube-rbac-proxy that have no other name here. With any of those that say what is
 * judged and how, all paths are the upstream's and are judged as that proxy judges them.
 *
 * @see <a href="https://github.com/brancz/kube-rbac-proxy#usage">kube-rbac-proxy's flags</a>
 */
final class ServiceProxyOptions {
  final FlagSection section = new FlagSection("Before a service, as kube-rbac-proxy");

  private final Flag<String> address =
      section.flag(
          "secure-listen-address",
          STRING,
          "",
          "host:port to serve HTTPS on, in place of --bind-address and --secure-port. An empty host"
              + " stands for all addresses.");
  private final Flag<String> insecureAddress =
      section.flag(
          "insecure-listen-address",
          STRING,
          "",
          "Refused: names and tokens are never taken over cleartext. Use --secure-listen-address.");
  private final Flag<Optional<Path>> file =
      section.flag(
          "config-file",
          FILE,
          "",
          "kube-rbac-proxy's configuration file: which resource callers need a right to, rewrites"
              + " by query parameter, header and path, and static rules. Read again when it"
              + " changes.");
  private final Flag<List<String>> allowPaths =
      section.flag(
          "allow-paths",
          LIST,
          "",
          "Path patterns (*, ? and [a-z] within a segment); whatever matches none is answered"
              + " 404.");
  private final Flag<List<String>> ignorePaths =
      section.flag(
          "ignore-paths",
          LIST,
          "",
          "Path patterns; whatever matches one passes without authentication and authorization. Not"
              + " together with --allow-paths.");
  private final Flag<Optional<Path>> kubeconfig =
      section.flag(
          "kubeconfig",
          FILE,
          "",
          "kubeconfig file of the cluster that is asked whose a bearer token is (TokenReview) and"
              + " whether the caller may do what it asks (SubjectAccessReview). Default, where"
              + " flags of kube-rbac-proxy are given and none says who decides here: in a pod the"
              + " cluster around, by the pod's service account.");
  private final Flag<Integer> probesPort =
      section.flag(
          "proxy-endpoints-port",
          INT,
          "0",
          "A second HTTPS port, for this server's own /healthz, /livez and /readyz, and the public"
              + " keys of --upstream-identity=jwt, without authentication; 0 for none.");
  private final Flag<Boolean> headers =
      section.flag(
          "auth-header-fields-enabled",
          SWITCH,
          "false",
          "Tell the upstream who calls by the two headers named below, in place of"
              + " --upstream-identity.");
  private final Flag<String> userField =
      section.flag(
          "auth-header-user-field-name",
          STRING,
          "x-remote-user",
          "The header with the caller's name.");
  private final Flag<String> groupsField =
      section.flag(
          "auth-header-groups-field-name",
          STRING,
          "x-remote-groups",
          "The header with the caller's groups, all in one line.");
  private final Flag<String> separator =
      section.flag(
          "auth-header-groups-field-separator",
          STRING,
          "|",
          "What stands between the groups; a group that holds it is never passed on.");

  /** Accepted so that a copied manifest starts. */
  private final List<Flag<?>> meaningless = new ArrayList<>();

  private final PodSurroundings pod;

  /**
   * @param pod what is around, where no other cluster is named
   */
  ServiceProxyOptions(PodSurroundings pod) {
    this.pod = pod;
    String klog = "No meaning here: logs go to standard error.";
    for (String name : List.of("add-dir-header", "alsologtostderr", "logtostderr", "one-output")) {
      meaningless.add(section.flag(name, SWITCH, "false", klog));
    }
    for (String name : List.of("skip-headers", "skip-log-headers")) {
      meaningless.add(section.flag(name, SWITCH, "false", klog));
    }
    for (String name :
        List.of(
            "log-backtrace-at", "log-dir", "log-file", "log-file-max-size", "stderrthreshold")) {
      meaningless.add(section.flag(name, STRING, "", klog));
    }
    for (String name : List.of("kube-api-qps", "kube-api-burst")) {
      meaningless.add(
          section.flag(
              name,
              STRING,
              "",
              "No meaning here: answers of the cluster are kept, and each question is asked once"
                  + " for all who wait."));
    }
    meaningless.add(
        section.flag(
            "tls-reload-interval",
            STRING,
            "",
            "No meaning here: certificates are looked at twice a second."));
    meaningless.add(
        section.flag(
            "http2-disable", SWITCH, "false", "No meaning here: HTTP/2 is always spoken."));
    meaningless.add(
        section.flag("http2-max-size", STRING, "", "No meaning here: frames have 16 KiB."));
  }

  /** Whether requests are judged as kube-rbac-proxy judges them. */
  boolean used() {
    return Stream.of(address, file, allowPaths, ignorePaths, kubeconfig, probesPort, headers)
        .anyMatch(Flag::isSet);
  }

  /**
   * The cluster that is asked instead of this server's own doors: the one that is named, or the one
   * around, unless flags say who decides here.
   */
  Optional<ClusterLocation> cluster(boolean upstream, boolean decidedHere, Faults faults) {
    Optional<ClusterLocation> named = kubeconfig.read(faults).map(ClusterLocation.Kubeconfig::new);
    boolean around = named.isEmpty() && used() && upstream && !decidedHere;
    return around
        ? pod.cluster(
            kubeconfig.label(), "or who decides here (--rbac-file, --authorization-mode)", faults)
        : named;
  }

  Flag<String> address() {
    return address;
  }

  Optional<ServiceProxyConfig> toConfig(
      boolean upstream, Optional<ClusterLocation> cluster, Faults faults) {
    faults.check(
        !insecureAddress.isSet() || insecureAddress.text().isEmpty(),
        insecureAddress.label(),
        insecureAddress.text(),
        "no cleartext listener: --secure-listen-address");
    if (!used()) {
      return Optional.empty();
    }
    if (!upstream) {
      Stream.of(file, allowPaths, ignorePaths, kubeconfig, headers)
          .filter(Flag::isSet)
          .forEach(flag -> faults.add(flag.label(), flag.text(), "--upstream to go with it"));
      return Optional.empty();
    }
    checkPatterns(allowPaths, faults);
    checkPatterns(ignorePaths, faults);
    return Optional.of(
        new ServiceProxyConfig(
            file.read(faults),
            allowPaths.read(faults),
            ignorePaths.read(faults),
            cluster,
            probesPort.read(faults)));
  }

  private static void checkPatterns(Flag<List<String>> flag, Faults faults) {
    for (String text : flag.read(faults)) {
      try {
        var unused = PathPattern.parse(text);
      } catch (IllegalArgumentException e) {
        faults.add(flag.label(), text, "a path pattern: " + e.getMessage());
      }
    }
  }

  /** Told only if that is asked for, as by kube-rbac-proxy; empty: other flags say. */
  Optional<IdentityConfig> identity(Faults faults) {
    if (!used()) {
      return Optional.empty();
    }
    if (!headers.read(faults)) {
      return Optional.of(IdentityConfig.of(UpstreamIdentity.NONE));
    }
    IdentityHeaderNames names =
        new IdentityHeaderNames(
            name(userField, faults), "", name(groupsField, faults), "", separator.read(faults));
    return Optional.of(new IdentityConfig(UpstreamIdentity.HEADERS, names, Optional.empty()));
  }

  private static String name(Flag<String> flag, Faults faults) {
    String name = flag.read(faults);
    faults.check(HeaderName.valid(name), flag.label(), name, "a header's name");
    return name;
  }

  void checkFiles(GivenFiles files, FileChecks checks) {
    files.check(file, "a configuration of kube-rbac-proxy", ServiceProxyFile::check);
    files.check(kubeconfig, "a kubeconfig file", checks.kubeconfig());
  }

  List<String> warnings() {
    return meaningless.stream()
        .filter(Flag::isSet)
        .map(flag -> flag.label() + " has no meaning here, it is ignored")
        .toList();
  }
}
