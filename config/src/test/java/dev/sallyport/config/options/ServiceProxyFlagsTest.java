package dev.sallyport.config.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.ClusterLocation;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.IdentityExtras;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.TokenWebhookConfig;
import dev.sallyport.config.UpstreamTls;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flags of kube-rbac-proxy and kube-oidc-proxy, and the cluster around a pod. */
final class ServiceProxyFlagsTest {

  private static final String[] PLAIN = {
    "--secure-listen-address=127.0.0.1:8443", "--upstream=http://127.0.0.1:8081/"
  };

  @TempDir Path account;

  private PodSurroundings pod() throws IOException {
    Instant now = Instant.now();
    CertificateAuthority authority = CertificateAuthority.create("ca", now, now.plusSeconds(60));
    Files.writeString(account.resolve("ca.crt"), PemWriter.certificate(authority.certificate()));
    Files.writeString(account.resolve("token"), "t\n");
    return new PodSurroundings("fd00::1", "443", account);
  }

  private PodSurroundings nowhere() {
    return new PodSurroundings("", "", account);
  }

  private static ServerConfig config(PodSurroundings pod, String[] flags, String... more) {
    return assertInstanceOf(
            Invocation.Serve.class, ServerOptions.read(all(flags, more), FileChecks.NONE, pod))
        .config();
  }

  private static List<String> all(String[] flags, String... more) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of(more));
    return all;
  }

  private static String fault(PodSurroundings pod, String[] flags, String... more) {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> ServerOptions.read(all(flags, more), FileChecks.NONE, pod));
    return String.join("\n", e.faults().stream().map(Fault::toString).toList());
  }

  @Test
  void inAPodTheClusterAroundReviewsTokensAndAccess() throws IOException {
    ServerConfig config = config(pod(), PLAIN);
    ClusterLocation around =
        new ClusterLocation.Pod(
            URI.create("https://[fd00::1]:443"),
            account.resolve("token"),
            account.resolve("ca.crt"));
    assertEquals(Optional.of(around), config.serviceProxy().orElseThrow().cluster());
    assertEquals(
        Optional.of(around),
        config.authentication().tokenWebhook().map(TokenWebhookConfig::location));
  }

  @Test
  void whoSaysWhoDecidesIsNotOverruledByThePodAround() throws IOException {
    Path rbac = Files.writeString(account.resolve("rbac.yaml"), "");
    ServerConfig own = config(pod(), PLAIN, "--rbac-file=" + rbac);
    assertEquals(Optional.empty(), own.serviceProxy().orElseThrow().cluster());
    assertEquals(Optional.empty(), own.authentication().tokenWebhook());
    ServerConfig other = config(pod(), PLAIN, "--kubeconfig=other");
    assertEquals(
        Optional.of(new ClusterLocation.Kubeconfig(Path.of("other"))),
        other.serviceProxy().orElseThrow().cluster());
    // Without kube-rbac-proxy's flags nothing around is looked at.
    assertTrue(config(pod(), new String[] {PLAIN[1]}).serviceProxy().isEmpty(), "plain upstream");
  }

  @Test
  void withoutAClusterAndWithoutOwnRulesNothingStarts() throws IOException {
    assertEquals(
        "--kubeconfig: \"\" (expected: the cluster's kubeconfig, or who decides here (--rbac-file,"
            + " --authorization-mode); this is no pod of a cluster: KUBERNETES_SERVICE_HOST and"
            + " KUBERNETES_SERVICE_PORT are not set)",
        fault(nowhere(), PLAIN));
    PodSurroundings pod = pod();
    Files.delete(account.resolve("token"));
    String unreadable = fault(pod, PLAIN);
    assertTrue(unreadable.contains("in this pod its service account"), unreadable);
    assertTrue(unreadable.contains(account.resolve("token").toString()), unreadable);
  }

  @Test
  void besideKubeRbacProxysIssuerNoClusterIsAskedAboutTokens() throws IOException {
    String[] issuer = {
      "--oidc-issuer=https://idp.example",
      "--oidc-clientID=app",
      "--oidc-sign-alg=RS256",
      "--oidc-sign-alg=ES256"
    };
    ServerConfig config = config(pod(), PLAIN, issuer);
    assertEquals(Optional.empty(), config.authentication().tokenWebhook());
    assertTrue(config.serviceProxy().orElseThrow().cluster().isPresent(), "it judges access");
    var oidc = config.authentication().issuers().oidc().orElseThrow();
    assertEquals("email", oidc.usernameClaim());
    assertEquals("groups", oidc.groupsClaim());
    assertEquals("", oidc.usernamePrefix());
    assertEquals(List.of("RS256", "ES256"), oidc.signingAlgorithms());
  }

  @Test
  void theUpstreamsCertificatesAndTheAddressGoByTheirNamesThere() throws IOException {
    PodSurroundings pod = pod();
    Instant now = Instant.now();
    CertifiedKey own =
        CertificateAuthority.create("ca", now, now.plusSeconds(60))
            .issue(CertificateSpec.client("gate", List.of(), now, now.plusSeconds(60)));
    Path crt = Files.writeString(account.resolve("crt"), PemWriter.certificates(own.chain()));
    Path key = Files.writeString(account.resolve("key"), PemWriter.privateKey(own.key()));
    ServerConfig config =
        config(
            pod,
            new String[] {"--secure-listen-address=localhost:8443"},
            "--upstream=https://app.local:9443",
            "--upstream-ca-file=" + account.resolve("ca.crt"),
            "--upstream-client-cert-file=" + crt,
            "--upstream-client-key-file=" + key,
            "--http2-max-concurrent-streams=50",
            "--auth-token-audiences=one,two");
    UpstreamTls tls = config.upstream().orElseThrow().tls();
    assertEquals(Optional.of(account.resolve("ca.crt")), tls.certificateAuthority());
    assertEquals(crt, tls.clientCertificate().orElseThrow().certificate());
    assertEquals(key, tls.clientCertificate().orElseThrow().key());
    assertTrue(config.serving().bindAddress().isLoopbackAddress(), "localhost");
    assertEquals(8443, config.serving().port());
    assertEquals(50, config.serving().http2MaxStreams());
    assertEquals(List.of("one", "two"), config.authentication().apiAudiences());
  }

  @Test
  void flagsThatMeanNothingHereAreTaken() throws IOException {
    Invocation read =
        ServerOptions.read(
            all(
                PLAIN,
                "--kube-api-qps=50",
                "--kube-api-burst=100",
                "--tls-reload-interval=1m",
                "--logtostderr=true",
                "--v=10"),
            FileChecks.NONE,
            pod());
    List<String> warnings = assertInstanceOf(Invocation.Serve.class, read).warnings();
    assertEquals(4, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).endsWith("has no meaning here, it is ignored"), warnings.get(0));
  }

  @Test
  void kubeOidcProxysExtraHeadersAreToldToUpstreams() {
    String[] told = {"--extra-user-header-client-ip", "--extra-user-headers=Zone=a,team=x,zone=b"};
    IdentityExtras extras =
        new IdentityExtras(true, Map.of("zone", List.of("a", "b"), "team", List.of("x")));
    ServerConfig one =
        config(
            nowhere(), told, "--upstream=https://10.0.0.1:6443", "--upstream-identity=impersonate");
    assertEquals(extras, one.upstream().orElseThrow().identity().extras());
    ServerConfig many = config(nowhere(), told, "--upstream-kubeconfig=clusters");
    assertEquals(extras, many.routing().extras());
    assertTrue(
        fault(nowhere(), told).contains("--upstream or --upstream-kubeconfig with it"), "nobody");
    String untold =
        fault(nowhere(), told, "--upstream=http://127.0.0.1:1", "--upstream-identity=none");
    assertTrue(untold.contains("--upstream-identity=impersonate or headers with it"), untold);
    String[] unusable = {"--extra-user-headers=zone"};
    assertTrue(
        fault(nowhere(), unusable, "--upstream-kubeconfig=c").contains("(expected: key=value)"));
  }
}
