package dev.sallyport.authn.token.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.token.serviceaccount.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityTokensTest {

  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final UserInfo ANN =
      new UserInfo("ann", "u1", List.of("dev", "system:authenticated"), Map.of("k", List.of("v")));

  private final KeyPair keys = keys();
  private final SettableClock clock = new SettableClock();
  private final IdentityTokens tokens =
      new IdentityTokens(
          "https://issuer.example.org",
          List.of("shop"),
          Duration.ofMinutes(5),
          new TokenSigner(keys.getPrivate(), keys.getPublic()),
          clock,
          Runnable::run);

  @Test
  void tellsWhoCalls() throws Exception {
    JsonNode claims = claims(tokens.token(ANN));
    assertEquals("https://issuer.example.org", claims.path("iss").asText());
    assertEquals("ann", claims.path("sub").asText());
    assertEquals("ann", claims.path("preferred_username").asText());
    assertEquals("shop", claims.path("aud").asText());
    assertEquals("u1", claims.path("uid").asText());
    assertEquals("[\"dev\",\"system:authenticated\"]", claims.path("groups").toString());
    assertEquals(START.getEpochSecond() + 300, claims.path("exp").asLong());
    assertEquals(START.getEpochSecond(), claims.path("nbf").asLong());
    assertTrue(claims.path("kubernetes.io").isMissingNode());
  }

  @Test
  void isSignedByTheKeyThatItNames() throws Exception {
    String token = tokens.token(ANN);
    int dot = token.lastIndexOf('.');
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(keys.getPublic());
    signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
    assertTrue(signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1))));
  }

  @Test
  void isUsedUntilMostOfItsLifeIsOver() {
    String first = tokens.token(ANN);
    clock.now = START.plusSeconds(239);
    assertEquals(first, tokens.token(ANN));
    clock.now = START.plusSeconds(240);
    assertNotEquals(first, tokens.token(ANN));
  }

  @Test
  void nobodyIsGivenAnothersToken() throws Exception {
    String first = tokens.token(ANN);
    UserInfo other = new UserInfo("ann", "u1", List.of("dev"), Map.of());
    assertNotEquals(first, tokens.token(other));
    assertEquals("[\"dev\"]", claims(tokens.token(other)).path("groups").toString());
  }

  private static JsonNode claims(String token) throws Exception {
    String payload = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(payload));
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class SettableClock extends Clock {
    private Instant now = START;

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
}
