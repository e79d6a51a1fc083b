package dev.sallyport.authn.token.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.bootstrap.BootstrapSecret;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.TestRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTokenAuthenticatorTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String TOKEN = "abcdef.0123456789abcdef";

  private final Map<String, String> data =
      new HashMap<>(
          Map.of(
              "token-id", "abcdef",
              "token-secret", "0123456789abcdef",
              "usage-bootstrap-authentication", "true"));
  private String type = BootstrapSecret.TYPE;
  private boolean deleting;

  @Test
  void isInTheBootstrappersGroup() {
    assertEquals(
        new Authenticated(
            UserInfo.of("system:bootstrap:abcdef", "system:bootstrappers"), TestRequest.API),
        Results.of(authenticate(TOKEN)));
  }

  @Test
  void hasTheGroupsThatTheSecretNames() {
    data.put("auth-extra-groups", "system:bootstrappers:worker,system:bootstrappers:ingress");
    assertEquals(
        List.of(
            "system:bootstrappers", "system:bootstrappers:ingress", "system:bootstrappers:worker"),
        Results.user(authenticate(TOKEN)).groups());
  }

  @ParameterizedTest
  @CsvSource({
    "expiration, 2026-03-01T12:00:00Z, it has expired",
    "expiration, soon, it has expired",
    "usage-bootstrap-authentication, false, usage-bootstrap-authentication is not true",
    "usage-bootstrap-authentication, True, usage-bootstrap-authentication is not true",
    "usage-bootstrap-authentication, , usage-bootstrap-authentication is not true",
    "token-id, others, its token-id is another",
    "token-secret, 0123456789abcdeg, its token-secret is another",
    "token-secret, , its token-secret is another",
    "auth-extra-groups, system:masters, auth-extra-groups names a group outside"
        + " system:bootstrappers:"
  })
  void case87ASecretThatDoesNotVouchForItsTokenIsRefused(
      String key, @Nullable String value, String why) {
    data.put(key, value == null ? "" : value);
    refused(why);
  }

  @Test
  void case87WrongTypeAndDeletionRefuse() {
    type = "Opaque";
    refused("its type is not bootstrap.kubernetes.io/token");
    type = BootstrapSecret.TYPE;
    deleting = true;
    refused("it is being deleted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ABCDEF.0123456789abcdef",
        "abcdef.0123456789ABCDEF",
        "abcdef.\u0660123456789abcdef",
        "abcde\uff46.0123456789abcdef",
        "abcdef",
        "abcdef.",
        "abcdef.0123456789abcdef0",
        "abcdef.0123456789abcdef "
      })
  void case87AnotherFormIsNoBootstrapToken(String token) {
    Results.assertAbstained(authenticate(token));
  }

  @Test // the lookup knows kube-system only
  void case87ATokenWithoutASecretInKubeSystemIsRefused() {
    AuthenticationResult result =
        Results.of(
            new BootstrapTokenAuthenticator(
                    name -> null, TestRequest.API, Clock.fixed(NOW, ZoneOffset.UTC))
                .authenticate(TOKEN, TestRequest.API));
    assertEquals(
        "Secret bootstrap-token-abcdef: there is no such Secret",
        assertInstanceOf(Rejected.class, result).refusals().get(0).reason());
  }

  @Test
  void isGoodForTheApisAudiencesOnly() {
    Results.assertAbstained(authenticator().authenticate(TOKEN, new Audiences(List.of("vault"))));
  }

  private void refused(String why) {
    Rejected rejected = assertInstanceOf(Rejected.class, Results.of(authenticate(TOKEN)));
    assertEquals("Secret bootstrap-token-abcdef: " + why, rejected.refusals().get(0).reason());
    assertEquals("", rejected.reason(), "a TokenReview does not tell");
    assertFalse(rejected.toString().contains("0123456789"), "no credential in the log");
  }

  private Answer<AuthenticationResult> authenticate(String token) {
    return authenticator().authenticate(token, TestRequest.API);
  }

  private BootstrapTokenAuthenticator authenticator() {
    return new BootstrapTokenAuthenticator(
        name ->
            name.equals("bootstrap-token-abcdef")
                ? new BootstrapSecret(name, type, deleting, data)
                : null,
        TestRequest.API,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }
}
