package dev.sallyport.authn.factory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.TestRequest;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountLookup;
import dev.sallyport.authn.token.serviceaccount.TokenSecret;
import dev.sallyport.config.AuthenticationConfig;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.IssuersConfig;
import dev.sallyport.config.RequestHeaderConfig;
import dev.sallyport.config.RevocationConfig;
import dev.sallyport.config.ServiceAccountConfig;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import dev.sallyport.config.pki.KeyPairs;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.factory.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways in together: what one says when another has spoken. */
class AuthenticationFactoryTest {
  private static final Instant FROM = Instant.now().minusSeconds(60);
  private static final Instant TO = Instant.now().plus(Duration.ofDays(1));
  private static final String ISSUER = "https://kubernetes.default.svc";

  @TempDir Path folder;
  private final FileWatcher watcher = new FileWatcher();
  private final HttpsConnector connector = Connectors.create();
  private final CertificateAuthority clients = CertificateAuthority.create("clients", FROM, TO);
  private final CertificateAuthority proxies = CertificateAuthority.create("proxies", FROM, TO);

  static final class NoObjects implements ServiceAccountLookup {
    @Override
    public Place serviceAccount(String namespace, String name) {
      return () -> null;
    }

    @Override
    public Place secret(String namespace, String name) {
      return () -> null;
    }

    @Override
    public @Nullable TokenSecret tokenSecret(
        String namespace, String name, String account, @Nullable TokenSecret known) {
      return null;
    }

    @Override
    public Place pod(String namespace, String name) {
      return () -> null;
    }

    @Override
    public Place node(String name) {
      return () -> null;
    }
  }

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("ca.crt"), PemWriter.certificate(clients.certificate()));
    Files.writeString(folder.resolve("proxy.crt"), PemWriter.certificate(proxies.certificate()));
    Files.writeString(folder.resolve("tokens.csv"), "tok,bob,u1,\"dev\"\n");
    Files.writeString(
        folder.resolve("sa.key"), PemWriter.privateKey(KeyPairs.rsa2048().getPrivate()));
  }

  @AfterEach
  void close() {
    watcher.close();
    connector.close();
  }

  @Test
  void nobodyIsAnonymousAndGetsItsGroup() {
    assertEquals(
        UserInfo.of("system:anonymous", "system:unauthenticated"), user(new TestRequest()));
    Results.assertAbstained(create(false).authenticator().authenticate(new TestRequest()));
  }

  @Test
  void everybodyElseIsAuthenticated() {
    assertEquals(
        List.of("dev", "system:authenticated"), user(token(new TestRequest(), "tok")).groups());
    assertEquals(
        List.of("ops", "system:authenticated"),
        user(new TestRequest().from(certificate(clients, "alice", "ops"))).groups());
  }

  @Test // attack case 56
  void aTokenExcusesABadCertificate() {
    TestRequest request = new TestRequest().from(certificate(proxies, "mallory"));
    assertEquals("bob", user(token(request, "tok")).name());
  }

  @Test // attack cases 57 and 72
  void aBadCredentialAloneIsNeverAnonymous() {
    Results.reason(
        create(true)
            .authenticator()
            .authenticate(new TestRequest().from(certificate(proxies, "mallory"))));
    Results.reason(create(true).authenticator().authenticate(token(new TestRequest(), "nope")));
  }

  @Test // attack case 76
  void aCertificateCountsBeforeAToken() {
    TestRequest request = new TestRequest().from(certificate(clients, "alice"));
    assertEquals("alice", user(token(request, "tok")).name());
    TestRequest bad = new TestRequest().from(certificate(clients, "alice"));
    assertEquals("alice", user(token(bad, "nope")).name());
  }

  @Test
  void aFrontProxySpeaksForItsUsers() {
    TestRequest request =
        new TestRequest()
            .from(certificate(proxies, "front-proxy"))
            .with("X-Remote-User", "ann")
            .with("X-Remote-Group", "g1");
    assertEquals(UserInfo.of("ann", "g1", "system:authenticated"), user(request));
  }

  @Test // attack case 118
  void headersOfAnybodyElseMeanNothing() {
    TestRequest plain = new TestRequest().with("X-Remote-User", "root");
    assertEquals("system:anonymous", user(plain).name());
    TestRequest client =
        new TestRequest().with("X-Remote-User", "root").from(certificate(clients, "alice"));
    assertEquals("alice", user(client).name());
    TestRequest impostor =
        new TestRequest().with("X-Remote-User", "root").from(certificate(proxies, "impostor"));
    Results.reason(create(true).authenticator().authenticate(impostor));
    assertEquals("bob", user(token(impostor, "tok")).name());
  }

  @Test
  void aFrontProxyWithoutAUserIsNobody() {
    Results.reason(
        create(true)
            .authenticator()
            .authenticate(new TestRequest().from(certificate(proxies, "front-proxy"))));
  }

  @Test
  void tokensAreJudgedByThemselvesForReviews() {
    AuthenticationChain chain = create(true);
    assertEquals(
        List.of("dev", "system:authenticated"),
        Results.user(chain.tokens().authenticate("tok", TestRequest.API)).groups());
    Results.assertAbstained(chain.tokens().authenticate("nope", TestRequest.API));
  }

  @Test
  void takesOverAChangedTokenFile() throws Exception {
    AuthenticationChain chain = create(true);
    Files.writeString(folder.resolve("tokens.csv"), "new,carol,u2\n");
    watcher.poll();
    assertEquals(
        "carol",
        Results.user(chain.authenticator().authenticate(token(new TestRequest(), "new"))).name());
    Results.reason(chain.authenticator().authenticate(token(new TestRequest(), "tok")));
  }

  @Test
  void tellsEveryFileAtFaultAndNoToken() throws Exception {
    Files.writeString(folder.resolve("tokens.csv"), "tok-secret,bob\n");
    Files.writeString(folder.resolve("ca.crt"), "nothing");
    Files.delete(folder.resolve("sa.key"));
    ConfigException fault = assertThrows(ConfigException.class, () -> create(true));
    assertEquals(
        List.of(
            "--client-ca-file",
            "--service-account-key-file",
            "--service-account-signing-key-file",
            "--token-auth-file"),
        fault.faults().stream().map(Fault::flag).sorted().toList());
    String text = fault.faults().stream().map(Fault::toString).collect(Collectors.joining());
    assertTrue(text.contains("line 1: 2 columns"), text);
    assertFalse(text.contains("secret"), text);
  }

  private UserInfo user(TestRequest request) {
    return Results.user(create(true).authenticator().authenticate(request));
  }

  private static TestRequest token(TestRequest request, String token) {
    return request.with("Authorization", "Bearer " + token);
  }

  private static PeerCertificates certificate(
      CertificateAuthority authority, String user, String... groups) {
    CertificateSpec spec = CertificateSpec.client(user, List.of(groups), FROM, TO);
    return new PeerCertificates(authority.issue(spec).chain());
  }

  private AuthenticationChain create(boolean anonymous) {
    Path key = folder.resolve("sa.key");
    return AuthenticationFactory.create(
        new AuthenticationConfig(
            Optional.of(folder.resolve("ca.crt")),
            Optional.of(folder.resolve("tokens.csv")),
            anonymous,
            Optional.of(
                new RequestHeaderConfig(
                    folder.resolve("proxy.crt"),
                    List.of("front-proxy"),
                    List.of("X-Remote-User"),
                    List.of("X-Remote-Uid"),
                    List.of("X-Remote-Group"),
                    List.of("X-Remote-Extra-"))),
            new ServiceAccountConfig(
                List.of(ISSUER), List.of(key), key, Optional.empty(), Duration.ZERO, true, true),
            true,
            Optional.empty(),
            IssuersConfig.NONE,
            new RevocationConfig(false, Optional.empty()),
            List.of(ISSUER)),
        watcher,
        connector,
        new StoredCredentials(new NoObjects(), (namespace, secret, day) -> {}, name -> null),
        Clock.systemUTC(),
        Runnable::run);
  }
}
