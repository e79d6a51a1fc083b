package dev.sallyport.authn.token.oidc;

import dev.sallyport.authn.TestRequest;
import dev.sallyport.authn.token.jwt.KeySet;
import dev.sallyport.config.OidcConfig;
import dev.sallyport.webhook.HttpsClient;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.TlsPeer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** An issuer whose keys are given, the authenticator that knows it, and its tokens. */
final class TestIssuer {
  static final String URL = "https://idp.example/realms/a";
  static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  /** Gives no client: who asks for one wants to go out. */
  static final class NoWayOut implements HttpsConnector {
    int asked;

    @Override
    public HttpsClient client(TlsPeer peer) {
      asked++;
      throw new AssertionError("an outbound connection");
    }

    @Override
    public void close() {}
  }

  /** A clock that the test sets. */
  static final class SettableClock extends Clock {
    volatile Instant now = NOW;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  final SettableClock clock = new SettableClock();
  final NoWayOut connector = new NoWayOut();
  final Issuers issuers = new Issuers(connector, clock, (delay, task) -> {}, Runnable::run);
  final OidcAuthenticator authenticator = new OidcAuthenticator(issuers, TestRequest.API, clock);

  final List<ClaimRule> claimRules = new ArrayList<>();
  final List<UserRule> userRules = new ArrayList<>();
  Set<String> algorithms = OidcConfig.ALGORITHMS;
  Mapping<String> username = Mappings.username("sub", URL + "#");
  Mapping<List<String>> groups = Mappings.groups("groups", "idp:");
  SystemNames names = new SystemNames(Set.of());

  /** With the RSA key k1 and the elliptic ones e256, e384 and e521. */
  TestIssuer() {
    take();
  }

  TestIssuer with(Consumer<TestIssuer> change) {
    change.accept(this);
    take();
    return this;
  }

  void take() {
    takeKeys(
        TestKeys.keySet(
            TestKeys.jwk("k1", TestKeys.RSA.getPublic()),
            TestKeys.jwk("e256", TestKeys.P256.getPublic()),
            TestKeys.jwk("e384", TestKeys.P384.getPublic()),
            TestKeys.jwk("e521", TestKeys.P521.getPublic())));
  }

  void takeKeys(String keySet) {
    KeySet keys = KeySet.parse(keySet.getBytes(StandardCharsets.UTF_8));
    issuers.take(
        List.of(
            new Issuer(
                URL,
                new KeyOrigin.Given(Objects.requireNonNull(keys)),
                Set.of("kube", "kube2"),
                algorithms,
                claimRules,
                new UserMapping(username, groups, Mappings.always(""), Map.of()),
                userRules)),
        names);
  }

  /** The claims of s-1 as JSON, {@code more} in front. */
  static String claims(String more) {
    long now = NOW.getEpochSecond();
    return "{"
        + more
        + "\"iss\":\""
        + URL
        + "\",\"aud\":\"kube\",\"sub\":\"s-1\",\"exp\":"
        + (now + 600)
        + "}";
  }

  /** A good token's form around claims. */
  static String token(String claims) {
    return TestKeys.token(
        "{\"alg\":\"RS256\",\"kid\":\"k1\"}", claims, "RS256", TestKeys.RSA.getPrivate());
  }
}
