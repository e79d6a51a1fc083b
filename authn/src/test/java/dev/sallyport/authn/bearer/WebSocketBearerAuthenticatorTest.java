package dev.sallyport.authn.bearer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sallyport.authn.Results;
import dev.sallyport.authn.TestRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketBearerAuthenticatorTest {
  private static final String PREFIX = "base64url.bearer.authorization.k8s.io.";
  private static final String GOOD = PREFIX + encode("good");

  private final WebSocketBearerAuthenticator authenticator =
      new WebSocketBearerAuthenticator(new BearerAuthenticatorTest.OnlyGood());

  @Test // attack case 78
  void acceptsATokenBesideAnotherSubprotocol() {
    assertEquals(
        "ann",
        Results.user(authenticator.authenticate(upgrade("v4.channel.k8s.io, " + GOOD))).name());
  }

  @Test
  void acceptsATokenOnALineOfItsOwn() {
    TestRequest request = upgrade(GOOD).with("sec-websocket-protocol", "v5.channel.k8s.io");
    assertEquals("ann", Results.user(authenticator.authenticate(request)).name());
  }

  @ParameterizedTest // attack case 79
  @ValueSource(strings = {"x", "%%%", "Z29vZA==", "_w", "Z29vZA+"})
  void rejectsWhatIsNotATokenInBase64url(String encoded) {
    if (encoded.equals("x")) {
      encoded = encode("bad");
    }
    String reason =
        Results.reason(
            authenticator.authenticate(upgrade("v4.channel.k8s.io, " + PREFIX + encoded)));
    assertFalse(reason.contains(encoded), reason);
  }

  @Test // attack case 79
  void rejectsTwoTokens() {
    assertEquals(
        "more than one bearer subprotocol",
        Results.reason(authenticator.authenticate(upgrade("x, " + GOOD + ", " + GOOD))));
  }

  @Test // attack case 79
  void rejectsATokenWithoutAnotherSubprotocol() {
    assertEquals(
        "no subprotocol beside the bearer token",
        Results.reason(authenticator.authenticate(upgrade(GOOD))));
  }

  @Test
  void takesAnEmptyTokenAndPlainSubprotocolsAsNoCredential() {
    Results.assertAbstained(authenticator.authenticate(upgrade("v4.channel.k8s.io, " + PREFIX)));
    Results.assertAbstained(authenticator.authenticate(upgrade("v4.channel.k8s.io")));
  }

  @Test
  void looksOnlyAtUpgradesToWebSocket() {
    TestRequest plain = new TestRequest().with("Sec-WebSocket-Protocol", "x, " + GOOD);
    Results.assertAbstained(authenticator.authenticate(plain));
  }

  private static TestRequest upgrade(String protocols) {
    return new TestRequest()
        .with("Connection", "keep-alive, Upgrade")
        .with("Upgrade", "WebSocket")
        .with("Sec-WebSocket-Protocol", protocols);
  }

  private static String encode(String token) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(token.getBytes(StandardCharsets.UTF_8));
  }
}
