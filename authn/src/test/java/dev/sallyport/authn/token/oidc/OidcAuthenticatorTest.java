package dev.sallyport.authn.token.oidc;

import static dev.sallyport.authn.token.oidc.TestIssuer.claims;
import static dev.sallyport.authn.token.oidc.TestIssuer.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.TestRequest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcAuthenticatorTest {
  private final TestIssuer issuer = new TestIssuer();

  @Test
  void claimsMakeAUser() {
    assertEquals(
        new UserInfo(
            TestIssuer.URL + "#s-1",
            "",
            List.of("idp:dev", "idp:qa"),
            Map.of("authentication.kubernetes.io/credential-id", List.of("JTI=t-1"))),
        user(token(claims("\"groups\":[\"dev\",\"qa\"],\"jti\":\"t-1\","))));
  }

  /** As Keycloak writes them: two audiences, the client in azp, roles deep inside. */
  @Test
  void takesKeycloaksTokens() {
    issuer.with(
        it -> {
          it.username = Mappings.username("preferred_username", "");
          it.groups = Mappings.groups("groups", "");
        });
    String more =
        """
        "jti":"onrtac:7a2d","auth_time":1799999990,"typ":"Bearer","azp":"kubectl","sid":"c1","acr":"1",
        "realm_access":{"roles":["offline_access","default-roles-a"]},"resource_access":{"account":
        {"roles":["view-profile"]}},"scope":"openid email profile","email_verified":true,
        "groups":["/platform","/platform/oncall"],"preferred_username":"jane","given_name":"Jane",
        "email":"jane@example.com","iat":1799999990,
        """;
    String claims =
        TestIssuer.claims(more).replace("\"aud\":\"kube\"", "\"aud\":[\"kube\",\"account\"]");
    UserInfo user = user(token(claims));
    assertEquals("jane", user.name());
    assertEquals(List.of("/platform", "/platform/oncall"), user.groups());
  }

  /** As dex writes them: an encoded subject, one audience, the connector told apart. */
  @Test
  void takesDexTokens() {
    issuer.with(it -> it.username = Mappings.username("email", ""));
    String more =
        """
        "iat":1799999990,"at_hash":"4x","c_hash":"Zt","email":"jane@example.com","email_verified":true,
        "groups":["example:ops"],"name":"Jane","federated_claims":{"connector_id":"ldap","user_id":"cn=jane"},
        """;
    String claims =
        TestIssuer.claims(more).replace("\"sub\":\"s-1\"", "\"sub\":\"CgdqYW5lEgRsZGFw\"");
    UserInfo user = user(token(claims));
    assertEquals("jane@example.com", user.name());
    assertEquals(List.of("idp:example:ops"), user.groups());
  }

  @Test
  void groupsMayBeOneTextOrNone() {
    assertEquals(List.of("idp:dev"), user(token(claims("\"groups\":\"dev\","))).groups());
    assertEquals(List.of(), user(token(claims(""))).groups());
    assertEquals(List.of(), user(token(claims("\"groups\":null,"))).groups());
    refused(token(claims("\"groups\":[\"dev\",7],")));
    refused(token(claims("\"groups\":{\"a\":\"b\"},")));
    refused(token(claims("\"_claim_names\":{\"groups\":\"src1\"},")));
  }

  @ParameterizedTest
  @CsvSource({
    "RS256,k1",
    "RS384,k1",
    "RS512,k1",
    "PS256,k1",
    "PS384,k1",
    "PS512,k1",
    "ES256,e256",
    "ES384,e384",
    "ES512,e521",
  })
  void takesEveryFamilyOfSignatures(String algorithm, String key) {
    assertEquals(TestIssuer.URL + "#s-1", user(signed(algorithm, key)).name());
    issuer.with(it -> it.algorithms = Set.of(algorithm.equals("RS256") ? "PS256" : "RS256"));
    refused(signed(algorithm, key));
  }

  @Test
  void aTokenWithoutAKeyIdIsTriedWithEveryKey() {
    assertEquals(
        TestIssuer.URL + "#s-1",
        user(TestKeys.token("{\"alg\":\"RS256\"}", claims(""), "RS256", TestKeys.RSA.getPrivate()))
            .name());
  }

  @Test
  void leavesTokensOfOthersToOthers() {
    for (String token :
        List.of(
            "plain",
            "a.b",
            "abcdef.0123456789abcdef",
            token(claims("").replace(TestIssuer.URL, "https://evil.example")),
            token(claims("").replace(TestIssuer.URL, TestIssuer.URL + "/")))) {
      assertEquals(Abstained.INSTANCE, ask(token), token);
      assertEquals(Abstained.INSTANCE, ask(token), "a second time: " + token);
    }
  }

  @Test
  void aTokenIsForAnyOfItsAudiences() {
    user(token(claims("").replace("\"kube\"", "[\"other\",\"kube2\"]")));
    refused(token(claims("").replace("\"kube\"", "\"other\"")));
    refused(token(claims("").replace("\"kube\"", "[]")));
    refused(token(claims("").replace("\"aud\":\"kube\",", "")));
    refused(token(claims("").replace("\"kube\"", "[\"kube\",7]")));
  }

  @Test
  void reviewsForOtherAudiencesGetNoAnswerFromHere() {
    String token = token(claims(""));
    Audiences vault = new Audiences(List.of("vault"));
    assertEquals(Abstained.INSTANCE, Results.of(issuer.authenticator.authenticate(token, vault)));
    Audiences both = new Audiences(List.of("vault", TestRequest.API.names().get(0)));
    Authenticated good =
        assertInstanceOf(
            Authenticated.class, Results.of(issuer.authenticator.authenticate(token, both)));
    assertEquals(TestRequest.API, good.audiences());
  }

  @Test
  void answersNowOnceASignatureIsVerified() {
    String token = token(claims(""));
    user(token);
    assertInstanceOf(Answer.Now.class, issuer.authenticator.authenticate(token, Audiences.ANY));
  }

  @Test
  void requiredClaimsMustBeJustThat() {
    issuer.with(it -> it.claimRules.add(new ClaimRule.Required("hd", "example.com")));
    user(token(claims("\"hd\":\"example.com\",")));
    refused(token(claims("\"hd\":\"evil.example\",")));
    refused(token(claims("\"hd\":[\"example.com\"],")));
    refused(token(claims("")));
  }

  /** Signed over other bytes than those whose claims are read, or with a meaning unknown here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"crit\":[\"b64\"],\"b64\":false",
        "\"crit\":[\"b64\"],\"b64\":true",
        "\"crit\":[\"exp\"]",
        "\"crit\":[]",
        "\"crit\":null"
      })
  void extensionsThatMustBeUnderstoodAreNot(String member) {
    String header = "{\"alg\":\"RS256\",\"kid\":\"k1\"," + member + "}";
    refused(TestKeys.token(header, claims(""), "RS256", TestKeys.RSA.getPrivate()));
  }

  @Test
  void anEmptyNameIsNobodysEvenBehindAPrefix() {
    refused(token(claims("").replace("\"s-1\"", "\"\"")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "nOnE", "NONE", "", "HS256", "HS512", "EdDSA", "rs256"})
  void case89UnsignedTokensAndOddAlgorithmsAreRefused(String algorithm) {
    String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"k1\"}";
    refused(TestKeys.token(header, claims(""), "RS256", TestKeys.RSA.getPrivate()));
    refused(TestKeys.base64url(header) + "." + TestKeys.base64url(claims("")) + ".");
    refused(
        TestKeys.token(
            "{\"alg\":[\"RS256\"],\"kid\":\"k1\"}",
            claims(""),
            "RS256",
            TestKeys.RSA.getPrivate()));
  }

  @Test
  void case90APublicKeyIsNoSecret() throws Exception {
    String input =
        TestKeys.base64url("{\"alg\":\"HS256\",\"kid\":\"k1\"}")
            + "."
            + TestKeys.base64url(claims(""));
    byte[] der = TestKeys.RSA.getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret :
        List.of(
            der,
            pem.getBytes(StandardCharsets.US_ASCII),
            TestKeys.jwk("k1", TestKeys.RSA.getPublic()).getBytes(StandardCharsets.US_ASCII))) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      refused(
          input + "." + TestKeys.base64url(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII))));
    }
  }

  @Test
  void case91OddEllipticSignaturesAreRefused() {
    String good = signed("ES256", "e256");
    String input = good.substring(0, good.lastIndexOf('.'));
    byte[] order = ((ECPublicKey) TestKeys.P256.getPublic()).getParams().getOrder().toByteArray();
    byte[] n = Arrays.copyOfRange(order, order.length - 32, order.length);
    byte[] nn = new byte[64];
    System.arraycopy(n, 0, nn, 0, 32);
    System.arraycopy(n, 0, nn, 32, 32);
    byte[] der = {0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01};
    for (byte[] signature :
        List.of(new byte[64], nn, new byte[0], new byte[63], new byte[65], new byte[132], der)) {
      refused(input + "." + TestKeys.base64url(signature));
    }
    user(good);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"../../etc/passwd\"",
        "\"' OR 1=1 --\"",
        "\"k9\"",
        "7",
        "[\"k1\"]",
        "{\"a\":\"k1\"}",
        "null",
        "true"
      })
  void case93OddKeyIdsNameNoKey(String keyId) {
    refused(
        TestKeys.token(
            "{\"alg\":\"RS256\",\"kid\":" + keyId + "}",
            claims(""),
            "RS256",
            TestKeys.RSA.getPrivate()));
  }

  @Test
  void case93AHugeKeyIdIsNotEvenParsed() {
    String header = "{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(500_000) + "\"}";
    String token = TestKeys.token(header, claims(""), "RS256", TestKeys.RSA.getPrivate());
    assertEquals(Abstained.INSTANCE, ask(token)); // nobody's token, which is 401 at the door
  }

  @Test
  void case94KeysThatTheTokenBringsAreNeverUsedNorFetched() {
    String jwk = TestKeys.jwk("evil", TestKeys.OTHER_RSA.getPublic());
    for (String member :
        List.of(
            "\"jwk\":" + jwk,
            "\"jku\":\"https://evil.example/jwks\"",
            "\"x5u\":\"https://evil.example/chain\"",
            "\"x5c\":[\"MIIB\"]")) {
      for (String keyId : List.of("k1", "evil")) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"," + member + "}";
        refused(TestKeys.token(header, claims(""), "RS256", TestKeys.OTHER_RSA.getPrivate()));
      }
    }
    assertEquals(0, issuer.connector.asked);
  }

  @Test
  void case96EncryptedTokensAreNobodys() {
    String header =
        "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128CBC-HS256\",\"zip\":\"DEF\",\"p2c\":2147483647,"
            + "\"p2s\":\"AAAA\"}";
    assertEquals(Abstained.INSTANCE, ask(TestKeys.base64url(header) + ".AAAA.AAAA.AAAA.AAAA"));
  }

  @Test
  void case97OnlyTheCompactFormIsRead() {
    String good = token(claims(""));
    int dot = good.indexOf('.');
    for (String odd :
        List.of(
            good + ".",
            good + ".AAAA",
            good.substring(0, good.lastIndexOf('.')),
            good + "=",
            good.substring(0, dot) + "=" + good.substring(dot),
            good.replace('-', '+').replace('_', '/') + "+/",
            good.substring(0, dot) + " " + good.substring(dot),
            good + "\n",
            "{\"payload\":\"a.b.c\",\"signatures\":[]}")) {
      assertEquals(Abstained.INSTANCE, ask(odd), odd); // nobody's token, which is 401 at the door
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"exp\":\"1800000600\"",
        "\"exp\":1e400",
        "\"exp\":-1",
        "\"exp\":[1800000600]",
        "\"exp\":null",
        "\"exp\":true",
        "\"exp\":99999999999999999999",
        "\"nbf\":\"soon\",\"exp\":1800000600",
        "\"nothing\":0"
      })
  void case99TimesOfTheWrongTypeAreRefused(String times) {
    refused(token(claims("").replace("\"exp\":1800000600", times)));
  }

  @Test
  void case100AnOidcTokenEndsToTheSecondAndBeginsWithAMinutesGrace() {
    String token = token(claims("\"nbf\":1800000060,"));
    user(token);
    refused(token(claims("\"nbf\":1800000061,")));
    issuer.clock.now = TestIssuer.NOW.plusSeconds(600);
    user(token);
    issuer.clock.now = TestIssuer.NOW.plusSeconds(600).plusMillis(1);
    refused(token); // though its signature is remembered
    refused(token(claims("")));
  }

  @Test
  void case101NestingAndSizeAreBounded() {
    String deep = "\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + ",";
    assertEquals(Abstained.INSTANCE, ask(token(claims(deep))));
    String long800k = "\"a\":\"" + "x".repeat(800_000) + "\",";
    assertEquals(Abstained.INSTANCE, ask(token(claims(long800k))));
    assertEquals(Abstained.INSTANCE, ask(".".repeat(50_000)));
  }

  @Test
  void case102ARemovedKeyIsForgottenAtOnce() {
    String token = token(claims(""));
    user(token);
    issuer.takeKeys(TestKeys.keySet(TestKeys.jwk("k2", TestKeys.OTHER_RSA.getPublic())));
    refused(token);
    issuer.take();
    user(token);
  }

  @Test
  void case108ReservedNamesAreNotForOthersToGive() {
    assertEquals(
        TestIssuer.URL + "#system:serviceaccount:kube-system:x",
        user(token(claims("").replace("s-1", "system:serviceaccount:kube-system:x"))).name());
    assertEquals(
        List.of("idp:system:masters"),
        user(token(claims("\"groups\":[\"system:masters\"],"))).groups());
    issuer.with(
        it -> {
          it.username = Mappings.username("sub", "");
          it.groups = Mappings.groups("groups", "");
        });
    refused(token(claims("").replace("s-1", "system:serviceaccount:kube-system:x")));
    refused(token(claims("\"groups\":[\"dev\",\"system:masters\"],")));
    issuer.with(it -> it.names = new SystemNames(Set.of("system:masters")));
    assertEquals(
        List.of("system:masters"),
        user(token(claims("\"groups\":[\"system:masters\"],"))).groups());
    refused(token(claims("\"groups\":[\"system:nodes\"],")));
  }

  @Test
  void case109AnUnverifiedMailAddressIsNoName() {
    issuer.with(it -> it.username = Mappings.username("email", ""));
    assertEquals("a@b", user(token(claims("\"email\":\"a@b\",\"email_verified\":true,"))).name());
    assertEquals("a@b", user(token(claims("\"email\":\"a@b\","))).name());
    refused(token(claims("\"email\":\"a@b\",\"email_verified\":false,")));
    refused(token(claims("\"email\":\"a@b\",\"email_verified\":\"true\",")));
    refused(token(claims("\"email\":\"a@b\",\"email_verified\":1,")));
    refused(token(claims("\"email\":\"a@b\",\"email_verified\":null,")));
  }

  @Test
  void anEmptyNameIsNobody() {
    issuer.with(it -> it.username = Mappings.username("sub", ""));
    refused(token(claims("").replace("s-1", "")));
    refused(token(claims("").replace("\"s-1\"", "7")));
    refused(token(claims("").replace("\"sub\":\"s-1\",", "")));
  }

  @Test
  void aReasonNeverHoldsTheToken() {
    String token = token(claims("")) + "A";
    assertTrue(
        !Results.reason(issuer.authenticator.authenticate(token, Audiences.ANY))
            .contains(token.substring(0, 20)));
  }

  @Test
  void aRefusedTokenIsGoodOnceTheConfigurationTakesIt() {
    String token = token(claims("\"groups\":[\"system:masters\"],"));
    issuer.with(it -> it.groups = Mappings.groups("groups", ""));
    refused(token);
    issuer.with(it -> it.names = new SystemNames(Set.of("system:masters")));
    user(token);
    issuer.with(it -> it.names = new SystemNames(Set.of()));
    refused(token);
  }

  private static String signed(String algorithm, String key) {
    KeyPair pair =
        switch (key) {
          case "e256" -> TestKeys.P256;
          case "e384" -> TestKeys.P384;
          case "e521" -> TestKeys.P521;
          default -> TestKeys.RSA;
        };
    return TestKeys.token(
        "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + key + "\"}",
        claims(""),
        algorithm,
        pair.getPrivate());
  }

  private AuthenticationResult ask(String token) {
    return Results.of(issuer.authenticator.authenticate(token, TestRequest.API));
  }

  private UserInfo user(String token) {
    return Results.user(issuer.authenticator.authenticate(token, TestRequest.API));
  }

  private void refused(String token) {
    String reason = Results.reason(issuer.authenticator.authenticate(token, TestRequest.API));
    assertTrue(reason.startsWith("oidc: "), reason);
  }
}
