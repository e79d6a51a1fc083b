package dev.sallyport.authn.token.serviceaccount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceAccountTokenIssuerTest {

  @Test
  void writesTheClaimsOfKubernetes() {
    IssuedToken issued =
        new ServiceAccountTokenIssuer(
                "https://issuer",
                TestTokens.RSA.getPrivate(),
                TestTokens.RSA.getPublic(),
                new TestTokens.SettableClock())
            .issue(
                new TokenSpec(
                    "apps",
                    new BoundObject("robot", "u-1"),
                    List.of("a", "b"),
                    Duration.ofDays(365),
                    Optional.of(new BoundObject("p", "u-p")),
                    Optional.empty(),
                    Optional.of(new BoundObject("n", "u-n")),
                    Optional.of(Duration.ofSeconds(3607))));
    String[] parts = issued.token().split("\\.", -1);
    String kid = KeyIds.of(TestTokens.RSA.getPublic());
    assertEquals("{\"alg\":\"RS256\",\"kid\":\"" + kid + "\"}", decode(parts[0]));
    assertEquals(
        "{\"aud\":[\"a\",\"b\"],\"exp\":1924992000,\"iat\":1893456000,\"iss\":\"https://issuer\","
            + "\"jti\":\""
            + issued.id()
            + "\",\"kubernetes.io\":{\"namespace\":\"apps\",\"node\":{\"name\":\"n\",\"uid\":\"u-n\"},"
            + "\"pod\":{\"name\":\"p\",\"uid\":\"u-p\"},"
            + "\"serviceaccount\":{\"name\":\"robot\",\"uid\":\"u-1\"},\"warnafter\":1893459607},"
            + "\"nbf\":1893456000,\"sub\":\"system:serviceaccount:apps:robot\"}",
        decode(parts[1]));
    assertEquals(TestTokens.NOW.plus(Duration.ofDays(365)), issued.expiration());
    assertFalse(issued.toString().contains(parts[2]));
  }

  private static String decode(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
