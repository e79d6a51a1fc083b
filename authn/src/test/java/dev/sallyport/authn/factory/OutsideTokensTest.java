package dev.sallyport.authn.factory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.TestRequest;
import dev.sallyport.config.AuthenticationConfig;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.IssuersConfig;
import dev.sallyport.config.ReviewVersion;
import dev.sallyport.config.RevocationConfig;
import dev.sallyport.config.ServiceAccountConfig;
import dev.sallyport.config.TokenWebhookConfig;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.KeyPairs;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.factory.Connectors;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several webhooks and an introspection endpoint in one chain, and their file when it changes. */
class OutsideTokensTest {
  private static final CertificateAuthority AUTHORITY = StubServer.authority("outside");

  @TempDir Path folder;
  private final FileWatcher watcher = new FileWatcher();
  private final HttpsConnector connector = Connectors.create();
  private StubServer ci;
  private StubServer partner;
  private StubServer idp;
  private StubServer last;

  @BeforeEach
  void start() throws Exception {
    ci = stub(review("ci-bot"));
    partner = stub(review("partner"));
    last = stub(review("anyone"));
    idp =
        stub("{\"active\":true,\"sub\":\"ann\",\"aud\":\"kube\",\"jti\":\"j\",\"exp\":4000000000}");
    Files.writeString(folder.resolve("ca.crt"), PemWriter.certificate(AUTHORITY.certificate()));
    Files.writeString(
        folder.resolve("sa.key"), PemWriter.privateKey(KeyPairs.rsa2048().getPrivate()));
    Files.writeString(folder.resolve("secret"), "old\n");
    kubeconfig("ci", ci);
    kubeconfig("partner", partner);
    kubeconfig("last", last);
    write(document());
  }

  @AfterEach
  void stop() throws Exception {
    watcher.close();
    connector.close();
    for (StubServer each : List.of(ci, partner, idp, last)) {
      each.close();
    }
  }

  @Test
  void eachTokenGoesToWhomItConcerns() {
    AuthenticationChain chain = create();
    assertEquals("ci-bot", user(chain, "ci_1").name());
    assertEquals("partner", user(chain, jwt("https://partner.example")).name());
    assertEquals("idp:ann", user(chain, "opaque").name());
    assertEquals("anyone", user(chain, jwt("https://unknown.example")).name());
    for (StubServer each : List.of(ci, partner, idp, last)) {
      assertEquals(1, each.requests().size());
    }
  }

  @Test
  void whoFailsDisturbsNoOtherAndLetsNobodyIn() throws Exception {
    AuthenticationChain chain = create();
    ci.reply(StubReply.json(403, "{}"));
    idp.reply(StubReply.json(500, "{}"));
    assertEquals("anyone", user(chain, "ci_1").name());
    assertEquals("partner", user(chain, jwt("https://partner.example")).name());
    last.reply(StubReply.json(201, answer("{\"authenticated\":false}")));
    String reason = Results.reason(ask(chain, "opaque"));
    assertEquals("localhost: answered 500", reason);
    idp.reply(StubReply.json(200, "{\"active\":false}"));
    assertEquals("invalid bearer token", Results.reason(ask(chain, "unknown")));
  }

  @Test
  void aRoutedWebhookGivesNoNameOfThisServer() throws Exception {
    AuthenticationChain chain = create();
    ci.reply(StubReply.json(201, review("system:admin")));
    last.reply(StubReply.json(201, answer("{}")));
    idp.reply(StubReply.json(200, "{\"active\":false}"));
    assertTrue(Results.reason(ask(chain, "ci_1")).contains("may not name the user system:admin"));
    write(document() + "allowedSystemNames: ['system:admin']\n");
    watcher.poll();
    assertEquals("system:admin", user(chain, "ci_1").name());
  }

  @Test
  void aChangedFileTakesEffectAndABadOneDoesNot() throws Exception {
    AuthenticationChain chain = create();
    assertEquals("ci-bot", user(chain, "ci_1").name());
    write(document().replace("prefix: ci_", "prefix: ''"));
    watcher.poll();
    assertEquals("ci-bot", user(chain, "ci_2").name());
    write(document().replace("prefix: ci_", "prefix: build_"));
    watcher.poll();
    assertEquals("ci-bot", user(chain, "build_1").name());
    assertEquals("idp:ann", user(chain, "ci_3").name());
    write(document().substring(0, document().indexOf("---")));
    watcher.poll();
    assertEquals("anyone", user(chain, "build_2").name());
  }

  @Test
  void aReloadKeepsWhatAnUnchangedWebhookSaid() throws Exception {
    AuthenticationChain chain = create();
    user(chain, "ci_1");
    write(document() + "allowedSystemNames: ['system:admin']\n");
    watcher.poll();
    user(chain, "ci_1");
    assertEquals(1, ci.requests().size());
  }

  @Test
  void aChangedSecretAndAChangedKubeconfigAreTaken() throws Exception {
    AuthenticationChain chain = create();
    user(chain, "opaque-1");
    Files.writeString(folder.resolve("secret"), "new\n");
    kubeconfig("ci", partner);
    watcher.poll();
    user(chain, "opaque-2");
    assertTrue(idp.requests().get(0).head().contains(basic("us:old")));
    assertTrue(idp.requests().get(1).head().contains(basic("us:new")));
    assertEquals("partner", user(chain, "ci_1").name());
    Files.delete(folder.resolve("secret"));
    watcher.poll();
    assertEquals("idp:ann", user(chain, "opaque-3").name());
  }

  @Test
  void everyFaultIsToldAtStartByItsPlace() throws Exception {
    Files.delete(folder.resolve("secret"));
    Files.writeString(folder.resolve("ci.kubeconfig"), "kind: Config\n");
    ConfigException e = assertThrows(ConfigException.class, this::create);
    String told = e.faults().toString();
    assertTrue(told.contains("introspection[0].clientSecretFile: "), told);
    assertTrue(told.contains("no such file"), told);
    assertTrue(told.contains("tokenWebhooks[0].kubeConfigFile: "), told);
    assertTrue(e.faults().stream().allMatch(f -> f.flag().equals("--authentication-config")), told);
  }

  private String document() {
    return """
    apiVersion: apiserver.config.k8s.io/v1
    kind: AuthenticationConfiguration
    ---
    apiVersion: sallyport.dev/v1alpha1
    kind: SallyportAuthentication
    tokenWebhooks:
    - {kubeConfigFile: ci.kubeconfig, version: v1, match: {prefix: ci_}}
    - {kubeConfigFile: partner.kubeconfig, version: v1, match: {issuer: "https://partner.example"}}
    introspection:
    - endpoint: %s
      certificateAuthority: |
    %s
      clientID: us
      clientSecretFile: secret
      audiences: [kube]
      claimMappings: {username: {claim: sub, prefix: "idp:"}}
    """
        .formatted(
            idp.url("/introspect"),
            PemWriter.certificate(AUTHORITY.certificate()).indent(4).stripTrailing());
  }

  private void write(String document) throws IOException {
    Files.writeString(folder.resolve("authn.yaml"), document);
  }

  private void kubeconfig(String name, StubServer server) throws IOException {
    Files.writeString(
        folder.resolve(name + ".kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: c, cluster: {server: "%s", certificate-authority: ca.crt}}]
        contexts: [{name: c, context: {cluster: c}}]
        """
            .formatted(server.url("/review")));
  }

  private static StubServer stub(String body) throws Exception {
    return StubServer.start(StubServer.certificate(AUTHORITY), StubReply.json(200, body));
  }

  private static String review(String user) {
    return answer("{\"authenticated\":true,\"user\":{\"username\":\"" + user + "\"}}");
  }

  private static String answer(String status) {
    return "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"status\":"
        + status
        + "}";
  }

  private static String jwt(String issuer) {
    return encoded("{\"alg\":\"RS256\"}") + "." + encoded("{\"iss\":\"" + issuer + "\"}") + ".c2ln";
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static UserInfo user(AuthenticationChain chain, String token) {
    return Results.user(ask(chain, token));
  }

  private static Answer<AuthenticationResult> ask(AuthenticationChain chain, String token) {
    return chain
        .authenticator()
        .authenticate(new TestRequest().with("Authorization", "Bearer " + token));
  }

  private AuthenticationChain create() {
    Path key = folder.resolve("sa.key");
    String issuer = "https://kubernetes.default.svc";
    return AuthenticationFactory.create(
        new AuthenticationConfig(
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            new ServiceAccountConfig(
                List.of(issuer), List.of(key), key, Optional.empty(), Duration.ZERO, true, true),
            false,
            Optional.of(
                new TokenWebhookConfig(
                    folder.resolve("last.kubeconfig"), ReviewVersion.V1, Duration.ZERO)),
            new IssuersConfig(
                Optional.empty(), Optional.of(folder.resolve("authn.yaml")), false, List.of()),
            new RevocationConfig(false, Optional.empty()),
            List.of(issuer)),
        watcher,
        connector,
        new StoredCredentials(
            new AuthenticationFactoryTest.NoObjects(),
            (namespace, secret, day) -> {},
            name -> null),
        Clock.systemUTC(),
        Runnable::run);
  }
}
