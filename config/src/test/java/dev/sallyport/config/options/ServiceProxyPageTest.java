package dev.sallyport.config.options;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages for those who come from other proxies tell what becomes of each of their flags. */
final class ServiceProxyPageTest {

  /** What kube-rbac-proxy's help lists, of all its versions up to 0.19. */
  private static final List<String> KUBE_RBAC_PROXY =
      List.of(
          "add-dir-header",
          "allow-paths",
          "alsologtostderr",
          "auth-header-fields-enabled",
          "auth-header-groups-field-name",
          "auth-header-groups-field-separator",
          "auth-header-user-field-name",
          "auth-token-audiences",
          "client-ca-file",
          "config-file",
          "help",
          "http2-disable",
          "http2-max-concurrent-streams",
          "http2-max-size",
          "ignore-paths",
          "insecure-listen-address",
          "kube-api-burst",
          "kube-api-qps",
          "kubeconfig",
          "log-backtrace-at",
          "log-dir",
          "log-file",
          "log-file-max-size",
          "logtostderr",
          "oidc-ca-file",
          "oidc-clientID",
          "oidc-groups-claim",
          "oidc-groups-prefix",
          "oidc-issuer",
          "oidc-sign-alg",
          "oidc-username-claim",
          "oidc-username-prefix",
          "one-output",
          "proxy-endpoints-port",
          "secure-listen-address",
          "skip-headers",
          "skip-log-headers",
          "stderrthreshold",
          "tls-cert-file",
          "tls-cipher-suites",
          "tls-min-version",
          "tls-private-key-file",
          "tls-reload-interval",
          "upstream",
          "upstream-ca-file",
          "upstream-client-cert-file",
          "upstream-client-key-file",
          "upstream-force-h2c",
          "v",
          "version");

  /** What kube-oidc-proxy's help lists beside the log's, with one of all for auditing. */
  private static final List<String> KUBE_OIDC_PROXY =
      List.of(
          "api-audiences",
          "audit-log-path",
          "audit-policy-file",
          "bind-address",
          "cert-dir",
          "certificate-authority",
          "client-certificate",
          "client-key",
          "cluster",
          "context",
          "disable-impersonation",
          "extra-user-header-client-ip",
          "extra-user-headers",
          "help",
          "insecure-skip-tls-verify",
          "kubeconfig",
          "metrics-serving-address",
          "namespace",
          "oidc-ca-file",
          "oidc-client-id",
          "oidc-groups-claim",
          "oidc-groups-prefix",
          "oidc-issuer-url",
          "oidc-required-claim",
          "oidc-signing-algs",
          "oidc-username-claim",
          "oidc-username-prefix",
          "readiness-probe-port",
          "request-timeout",
          "secure-port",
          "server",
          "tls-cert-file",
          "tls-cipher-suites",
          "tls-min-version",
          "tls-private-key-file",
          "tls-server-name",
          "tls-sni-cert-key",
          "token",
          "token-passthrough",
          "token-passthrough-audiences",
          "user",
          "v",
          "version");

  static List<String> flags() {
    return KUBE_RBAC_PROXY;
  }

  static List<String> oidcFlags() {
    return KUBE_OIDC_PROXY;
  }

  @ParameterizedTest
  @MethodSource("oidcFlags")
  void kubeOidcProxysFlagIsExplained(String flag) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "kube-oidc-proxy.md"));
    assertTrue(page.contains("`--" + flag + "`"), "docs/kube-oidc-proxy.md says nothing of it");
  }

  @ParameterizedTest
  @MethodSource("flags")
  void kubeRbacProxysFlagIsKnownAndExplained(String flag) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "kube-rbac-proxy.md"));
    assertTrue(page.contains("`--" + flag + "`"), "docs/kube-rbac-proxy.md says nothing of it");
    assertFalse(told("--" + flag + "=x").contains("unknown flag"), told("--" + flag + "=x"));
  }

  /** What is wrong with it, if anything. */
  private static String told(String argument) {
    try {
      return ServerOptions.read(List.of(argument), FileChecks.NONE).toString();
    } catch (ConfigException e) {
      return e.faults().toString();
    }
  }

  @Test
  void aFlagThatNobodyKnowsIsToldApart() {
    assertTrue(told("--oidc-clientId=x").contains("unknown flag"), told("--oidc-clientId=x"));
  }
}
