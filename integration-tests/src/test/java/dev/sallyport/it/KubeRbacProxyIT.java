package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import dev.sallyport.it.peers.NodePeer;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built server with the arguments of kube-rbac-proxy's examples, before real backends, with a
 * second one as the cluster that reviews. The examples of its files are in the server's own tests.
 */
@Needs({"curl", "kubectl", "nginx"})
final class KubeRbacProxyIT {

  @TempDir static Path folder;
  private static SallyportProcess cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = SallyportProcess.start(Files.createDirectory(folder.resolve("cluster")));
    cluster
        .kubectl(
            "create clusterrole metrics --verb=get --non-resource-url=/metrics"
                + " && kubectl create clusterrole echo --verb=get --non-resource-url=/echo"
                + " --non-resource-url=/headers"
                + " && kubectl create serviceaccount client"
                + " && kubectl create clusterrolebinding client --clusterrole=echo"
                + " --serviceaccount=default:client"
                + " && kubectl create clusterrolebinding jane --clusterrole=metrics"
                + " --user=jane@example.com"
                + " && kubectl create clusterrolebinding oncall --clusterrole=echo"
                + " --group=idp:oncall")
        .expectSuccess();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  private static SallyportProcess gate(Path own, int probes, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--kubeconfig=" + cluster.adminKubeconfig());
    all.add("--logtostderr=true");
    all.add("--v=2");
    return SallyportProcess.startBefore(own, probes, all.toArray(String[]::new));
  }

  private static Path own(String name) throws Exception {
    return Files.createDirectory(folder.resolve(name));
  }

  /** The answer's body, a line feed and its code. */
  private static String curl(Path own, String arguments) {
    return Tool.bash(own, Map.of(), "curl -sS -w '\\n%{http_code}' " + arguments)
        .expectSuccess()
        .out();
  }

  private static String code(SallyportProcess gate, String token, String path) {
    String given = token.isEmpty() ? "" : "-H 'Authorization: Bearer " + token + "' ";
    String out = curl(gate.folder(), "-k " + given + gate.url(path));
    return out.substring(out.lastIndexOf('\n') + 1);
  }

  private static String account(String arguments) {
    return cluster.kubectl("create token client " + arguments).expectSuccess().out().strip();
  }

  /** Its example "oidc": the issuer's users, and no others, judged by the cluster. */
  @Test
  void tokensOfAnIssuerAreAWayInAndTheClusterJudges() throws Exception {
    Path own = own("oidc");
    try (TinyIssuer idp = TinyIssuer.start();
        Nginx nginx = Nginx.start(Files.createDirectory(own.resolve("nginx")))) {
      Files.writeString(own.resolve("idp-ca.crt"), idp.authority());
      Files.writeString(nginx.root().resolve("x"), "x");
      try (SallyportProcess gate =
          gate(
              own,
              SallyportProcess.freePort(),
              "--upstream=http://127.0.0.1:" + nginx.port() + "/",
              "--oidc-issuer=" + idp.url(TinyIssuer.DEX),
              "--oidc-clientID=kubernetes",
              "--oidc-ca-file=idp-ca.crt",
              "--oidc-groups-prefix=idp:",
              "--oidc-sign-alg=RS256",
              "--auth-header-fields-enabled=true")) {
        String oncall = idp.dexToken("jim", "oncall");
        String seen =
            curl(own, "-k -H 'Authorization: Bearer " + oncall + "' " + gate.url("/echo"));
        assertTrue(seen.contains("user=jim@example.com;"), seen);
        assertTrue(seen.contains("authorization=;"), seen);
        // nginx knows no /metrics: the door was open.
        assertEquals("404", code(gate, idp.dexToken("jane"), "/metrics"));
        assertEquals("403", code(gate, idp.dexToken("jane"), "/echo"));
        assertEquals("403", code(gate, oncall, "/metrics"));
        assertEquals("401", code(gate, idp.keycloakToken("jane", "oncall"), "/echo"));
        assertEquals("401", code(gate, "", "/echo"));
        // The cluster knows this one, but here it is not asked whose a token is.
        assertEquals("401", code(gate, account(""), "/echo"));
      }
    }
  }

  /** Its example "non-resource-url-token-request", with an upstream that speaks h2c only. */
  @Needs("node")
  @Test
  void tokensForThisGateReachAnH2cUpstream() throws Exception {
    Path own = own("h2c");
    serving(own);
    try (NodePeer node = NodePeer.start("http2.js", own);
        SallyportProcess gate =
            gate(
                own,
                SallyportProcess.freePort(),
                "--upstream=http://127.0.0.1:" + node.port() + "/",
                "--upstream-force-h2c",
                "--auth-token-audiences=kube-rbac-proxy.default.svc",
                "--tls-cert-file=tls.crt",
                "--tls-private-key-file=tls.key",
                "--tls-min-version=VersionTLS13",
                "--tls-reload-interval=1m",
                "--kube-api-qps=10",
                "--kube-api-burst=20")) {
      String token = account("--audience=kube-rbac-proxy.default.svc");
      String seen =
          curl(
              own,
              "--cacert serving-ca.crt -H 'Authorization: Bearer %s' %s"
                  .formatted(token, gate.url("/headers").replace("127.0.0.1", "localhost")));
      assertTrue(seen.contains("\"version\":\"2.0\""), seen);
      assertFalse(seen.contains(token), seen);
      assertTrue(seen.endsWith("\n200"), seen);
      assertEquals("401", code(gate, account(""), "/headers"));
      assertEquals("403", code(gate, token, "/other"));
      Tool.Result old = Tool.bash(own, Map.of(), "curl -sk --tls-max 1.2 " + gate.url("/headers"));
      assertNotEquals(0, old.exit(), "TLS 1.2 is not offered");
    }
  }

  private static void serving(Path own) throws Exception {
    Instant from = Instant.now().minusSeconds(60);
    Instant to = from.plusSeconds(3600);
    CertificateAuthority authority = CertificateAuthority.create("serving", from, to);
    var pair =
        authority.issue(
            CertificateSpec.server(
                "localhost",
                List.of("localhost"),
                List.of(InetAddress.getLoopbackAddress()),
                from,
                to));
    Files.writeString(
        own.resolve("serving-ca.crt"), PemWriter.certificate(authority.certificate()));
    Files.writeString(own.resolve("tls.crt"), PemWriter.certificates(pair.chain()));
    Files.writeString(own.resolve("tls.key"), PemWriter.privateKey(pair.key()));
  }

  /** Its example "unix-domain-socket", with a path before every request's, and open paths. */
  @Test
  void aSocketWithAPrefixAndPathsThatAreOpen() throws Exception {
    Path own = own("socket");
    Path socket = own.resolve("app.sock");
    try (Nginx nginx = Nginx.start(Files.createDirectory(own.resolve("nginx")), socket)) {
      Files.writeString(nginx.root().resolve("healthz"), "fine");
      Files.writeString(nginx.root().resolve("metrics"), "up 1");
      try (SallyportProcess gate =
          gate(
              own,
              SallyportProcess.freePort(),
              "--upstream=unix://" + socket + ":/files",
              "--ignore-paths=/healthz,/public/*")) {
        assertEquals("fine\n200", curl(own, "-k " + gate.url("/healthz")));
        assertEquals("404", code(gate, "", "/public/logo"));
        assertEquals("401", code(gate, "", "/metrics"));
        assertEquals("403", code(gate, account(""), "/metrics"));
        assertEquals("200", code(gate, otherAccount(), "/metrics"));
      }
    }
  }

  /** A token of one that may read metrics. */
  private static String otherAccount() {
    cluster
        .kubectl(
            "create serviceaccount other && kubectl create clusterrolebinding other-metrics"
                + " --clusterrole=metrics --serviceaccount=default:other")
        .expectSuccess();
    return cluster.kubectl("create token other").expectSuccess().out().strip();
  }

  /** Whoever gets a minted token finds the key at the port of the proxy's own endpoints. */
  @Needs("node")
  @Test
  void mintedTokensAreVerifiedByTheKeysOfTheOwnPort() throws Exception {
    Path own = own("jwt");
    int probes = SallyportProcess.freePort();
    try (NodePeer node = NodePeer.start("http2.js", own);
        SallyportProcess gate =
            gate(
                own,
                probes,
                "--upstream=h2c://127.0.0.1:" + node.port(),
                "--upstream-identity=jwt",
                "--upstream-jwt-audiences=shop",
                "--upstream-jwt-header=X-Caller",
                "--service-account-issuer=https://127.0.0.1:" + probes)) {
      String seen =
          curl(own, "-k -H 'Authorization: Bearer " + account("") + "' " + gate.url("/headers"));
      int at = seen.indexOf("\"x-caller\":\"") + 12;
      JsonWebSignature token = new JsonWebSignature();
      token.setCompactSerialization(seen.substring(at, seen.indexOf('"', at)));
      String origin = "https://127.0.0.1:" + probes;
      String configuration = page(probes, "/.well-known/openid-configuration").body();
      assertTrue(configuration.contains("\"issuer\":\"" + origin + "\""), configuration);
      assertTrue(configuration.contains("\"jwks_uri\":\"" + origin + "/openid/v1/jwks\""));
      JsonWebKeySet keys = new JsonWebKeySet(page(probes, "/openid/v1/jwks").body());
      token.setKey(
          new JwksVerificationKeyResolver(keys.getJsonWebKeys()).resolveKey(token, List.of()));
      assertTrue(token.verifySignature(), "signed by a published key");
      assertTrue(
          token.getPayload().contains("\"sub\":\"system:serviceaccount:default:client\""),
          token.getPayload());
      assertEquals("ok", page(probes, "/healthz").body());
      assertEquals(404, page(probes, "/metrics").status());
      assertEquals("401", code(gate, "", "/openid/v1/jwks"), "there it is the upstream's");
    }
  }

  private static PlainHttps.Reply page(int port, String path) throws Exception {
    return PlainHttps.trustingAll().get("https://127.0.0.1:" + port + path);
  }

  @Test
  void withoutAClusterOrOnATakenPortItSaysSoAndEnds() throws Exception {
    Path own = own("refused");
    String[] plain = {
      "--secure-listen-address=127.0.0.1:0", "--upstream=http://127.0.0.1:9", "--data-dir=data"
    };
    Tool.Result alone = SallyportProcess.subcommand(own, plain);
    assertEquals(1, alone.exit(), alone.err());
    assertTrue(alone.err().contains("--kubeconfig: \"\" (expected: "), alone.err());
    Tool.Result taken =
        SallyportProcess.subcommand(
            own,
            plain[0],
            plain[1],
            plain[2],
            "--kubeconfig=" + cluster.adminKubeconfig(),
            "--proxy-endpoints-port=" + cluster.port());
    assertEquals(1, taken.exit(), taken.err());
    assertTrue(
        taken
            .err()
            .contains("--proxy-endpoints-port: \"" + cluster.port() + "\" (expected: a port"),
        taken.err());
  }
}
