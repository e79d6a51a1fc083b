package dev.sallyport.authn.token.serviceaccount;

import static dev.sallyport.authn.token.serviceaccount.TestTokens.EC;
import static dev.sallyport.authn.token.serviceaccount.TestTokens.ISSUER;
import static dev.sallyport.authn.token.serviceaccount.TestTokens.NOW;
import static dev.sallyport.authn.token.serviceaccount.TestTokens.OTHER;
import static dev.sallyport.authn.token.serviceaccount.TestTokens.RSA;
import static dev.sallyport.authn.token.serviceaccount.TestTokens.base64url;
import static dev.sallyport.authn.token.serviceaccount.TestTokens.claims;
import static dev.sallyport.authn.token.serviceaccount.TestTokens.rs256;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.token.cache.TokenDigest;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountLookup.Referent;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountAuthenticatorTest {
  private static final String RS256 = "{\"alg\":\"RS256\"}";
  private static final Audiences API = new Audiences(List.of(ISSUER));

  private final TestTokens.SettableClock clock = new TestTokens.SettableClock();
  private final TestTokens.Objects objects = new TestTokens.Objects().with("sa/apps/robot", "u-1");
  private final List<String> used = new ArrayList<>();
  private VerificationKeys keys = new VerificationKeys(List.of(RSA.getPublic(), EC.getPublic()));
  private final ServiceAccountAuthenticator authenticator =
      new ServiceAccountAuthenticator(
          List.of(ISSUER),
          API,
          () -> keys,
          objects,
          (namespace, secret, day) -> used.add(namespace + "/" + secret + " " + day),
          true,
          clock,
          Runnable::run);

  @Test
  void knowsWhomItIssuedATokenTo() {
    IssuedToken issued = issue(RSA, spec());
    Authenticated result =
        assertInstanceOf(Authenticated.class, Results.of(authenticate(issued.token())));
    assertEquals(
        new UserInfo(
            "system:serviceaccount:apps:robot",
            "u-1",
            List.of(
                "system:serviceaccounts", "system:serviceaccounts:apps", "system:authenticated"),
            Map.of("authentication.kubernetes.io/credential-id", List.of("JTI=" + issued.id()))),
        result.user());
    assertEquals(API, result.audiences());
  }

  @Test
  void takesTokensOfEllipticCurves() {
    assertTrue(good(issue(EC, spec()).token()));
  }

  @Test
  void answersNowOnceASignatureIsVerified() {
    String token = issue(RSA, spec()).token();
    assertInstanceOf(Answer.Later.class, authenticate(token));
    assertInstanceOf(Answer.Now.class, authenticate(token));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nope", "a.b.c", "a.b", "...", "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln"})
  void leavesOtherTokensToOthers(String token) {
    Results.assertAbstained(authenticate(token));
  }

  @Test
  void leavesTokensOfOtherIssuersToOthers() {
    String token = rs256(RS256, claims("").replace(ISSUER, "https://evil"), RSA.getPrivate());
    Results.assertAbstained(authenticate(token));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "nOnE", "", "RS1", "PS256", "HS256"})
  void case89RefusesOtherAlgorithms(String algorithm) {
    String header = "{\"alg\":\"" + algorithm + "\"}";
    refused(rs256(header, claims(""), RSA.getPrivate()));
    refused(base64url(header) + "." + base64url(claims("")) + ".");
  }

  @Test
  void case90RefusesAPublicKeyAsASecret() throws Exception {
    String input = base64url("{\"alg\":\"HS256\"}") + "." + base64url(claims(""));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(RSA.getPublic().getEncoded(), "HmacSHA256"));
    refused(input + "." + base64url(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void case91RefusesEllipticSignaturesOfAnyOddForm() {
    String header = "{\"alg\":\"ES256\"}";
    String input = base64url(header) + "." + base64url(claims(""));
    refused(input + "." + base64url(new byte[64]));
    refused(input + "." + base64url(new byte[63]));
    refused(input + ".");
    refused(TestTokens.sign("SHA256withECDSA", header, claims(""), EC.getPrivate())); // DER
    assertTrue(
        good(TestTokens.sign("SHA256withECDSAinP1363Format", header, claims(""), EC.getPrivate())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"../../etc/passwd\"", "\"' or 1=1\"", "7", "[\"a\"]", "null", "{}"})
  void case93RefusesUnknownAndOddKeyIds(String keyId) {
    refused(rs256("{\"alg\":\"RS256\",\"kid\":" + keyId + "}", claims(""), RSA.getPrivate()));
  }

  @Test
  void case94NeverFollowsAKeyThatTheTokenBrings() {
    String jwk =
        JsonWebKeys.json(new VerificationKeys(List.of(OTHER.getPublic())))
            .replaceFirst("\\{\"keys\":\\[", "")
            .replaceFirst("]}$", "");
    for (String member :
        List.of(
            "\"jwk\":" + jwk,
            "\"jku\":\"https://127.0.0.1:1/\"",
            "\"x5u\":\"https://127.0.0.1:1/\"")) {
      refused(rs256("{\"alg\":\"RS256\"," + member + "}", claims(""), OTHER.getPrivate()));
    }
    refused(rs256("{\"alg\":\"RS256\",\"crit\":[\"exp\"]}", claims(""), RSA.getPrivate()));
  }

  @Test
  void case96ReadsTheCompactFormOnly() {
    String good = rs256(RS256, claims(""), RSA.getPrivate());
    assertTrue(good(good));
    refused(good + ".x");
    refused("a." + good + ".b");
    refused(good.substring(0, good.lastIndexOf('.')));
    refused(good + "=");
    refused(good.replaceFirst("\\.", " ."));
    refused(good.replace('-', '+').replace('_', '/') + "+");
    refused("{\"payload\":\"" + good + "\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"exp\":\"1893459600\",",
        "\"exp\":1e400,",
        "\"exp\":-1,",
        "\"exp\":[1],",
        "\"exp\":true,",
        "\"nbf\":\"x\",",
        "\"iat\":{},",
        "\"exp\":1893459600,\"exp\":1893459600,"
      })
  void case99RefusesClaimsOfTheWrongType(String claim) {
    refused(rs256(RS256, claims(claim), RSA.getPrivate()));
  }

  @Test
  void case100AllowsAMinuteForClocksThatDiffer() {
    long now = NOW.getEpochSecond();
    assertTrue(signed("\"exp\":" + (now - 60) + ","));
    assertFalse(signed("\"exp\":" + (now - 61) + ","));
    assertTrue(signed("\"nbf\":" + (now + 60) + ","));
    assertFalse(signed("\"nbf\":" + (now + 61) + ","));
    assertFalse(signed("\"iat\":" + (now + 61) + ","));
  }

  @Test
  void case100ARememberedTokenExpiresAllTheSame() {
    String token = issue(RSA, spec()).token();
    assertTrue(good(token));
    clock.now = NOW.plusSeconds(3600 + 61);
    assertEquals("service account token has expired", Results.reason(authenticate(token)));
  }

  @Test
  void case101BoundsWhatItReads() {
    String deep = "\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + ",";
    refused(rs256(RS256, claims(deep), RSA.getPrivate()));
    refused(rs256(RS256, claims("\"x\":\"" + "y".repeat(800_000) + "\","), RSA.getPrivate()));
    refused("a".repeat(900_000));
    refused(".".repeat(50_000));
    refused("é.ü.ñ");
  }

  @Test
  void case102ForgetsWhatARemovedKeyVerified() {
    String token = issue(RSA, spec()).token();
    assertTrue(good(token));
    keys = new VerificationKeys(List.of(EC.getPublic()));
    assertEquals("invalid signature, no keys found", Results.reason(authenticate(token)));
  }

  @Test
  void refusesTamperedAndForeignSignatures() {
    refused(rs256(RS256, claims(""), OTHER.getPrivate()));
    String good = rs256(RS256, claims(""), RSA.getPrivate());
    String forged = base64url(claims("\"x\":1,"));
    int first = good.indexOf('.');
    refused(good.substring(0, first + 1) + forged + good.substring(good.lastIndexOf('.')));
  }

  @Test
  void case104EndsWithItsAccount() {
    String token = issue(RSA, spec()).token();
    assertTrue(good(token));
    objects.with("sa/apps/robot", "u-2");
    assertEquals(
        "service account UID (u-2) does not match claim (u-1)",
        Results.reason(authenticate(token)));
    objects.known.clear();
    assertEquals("serviceaccounts \"robot\" not found", Results.reason(authenticate(token)));
  }

  @Test
  void anAccountBeingDeletedLastsAMinute() {
    String token = issue(RSA, spec()).token();
    objects.known.put("sa/apps/robot", new Referent("u-1", NOW.minusSeconds(60)));
    assertTrue(good(token));
    clock.now = NOW.plusMillis(1);
    assertEquals(
        "service account apps/robot has been deleted", Results.reason(authenticate(token)));
  }

  @Test
  void case105EndsWithWhatItIsBoundTo() {
    objects.with("secret/apps/s", "u-s").with("pod/apps/p", "u-p").with("node/n", "u-n");
    Optional<BoundObject> none = Optional.empty();
    String toSecret = bound(none, Optional.of(new BoundObject("s", "u-s")), none);
    String toPod =
        bound(
            Optional.of(new BoundObject("p", "u-p")),
            none,
            Optional.of(new BoundObject("n", "u-n")));
    String toNode = bound(none, none, Optional.of(new BoundObject("n", "u-n")));
    assertEquals(
        Map.of(
            "authentication.kubernetes.io/pod-name", List.of("p"),
            "authentication.kubernetes.io/pod-uid", List.of("u-p"),
            "authentication.kubernetes.io/node-name", List.of("n"),
            "authentication.kubernetes.io/node-uid", List.of("u-n")),
        withoutCredential(Results.user(authenticate(toPod))));
    assertTrue(good(toSecret) && good(toNode));
    objects.with("secret/apps/s", "u-other").with("pod/apps/p", "u-other");
    refused(toSecret);
    refused(toPod);
    assertTrue(good(toNode));
    objects.known.remove("node/n");
    refused(toNode);
  }

  @Test
  void case106IsGoodForItsAudiencesOnly() {
    String vault = issue(RSA, spec(List.of("vault", "z"))).token();
    assertEquals(
        "token audiences [\"vault\" \"z\"] is invalid for the target audiences"
            + " [\"https://kubernetes.default.svc\"]",
        Results.reason(authenticate(vault)));
    Authenticated result =
        assertInstanceOf(
            Authenticated.class,
            Results.of(
                authenticator.authenticate(vault, new Audiences(List.of("other", "vault")))));
    assertEquals(List.of("vault"), result.audiences().names());
    String none = claims("").replace("\"aud\":[\"" + ISSUER + "\"],", "");
    assertTrue(good(rs256(RS256, none, RSA.getPrivate())), "no audience means the API");
  }

  @Test
  void refusesATokenWithoutAnAccount() {
    refused(
        rs256(RS256, "{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + ISSUER + "\"}", RSA.getPrivate()));
  }

  @Test
  void tellsTheAuditLogOfATokenThatShouldHaveBeenRenewed() {
    TokenSpec plain = spec();
    String token =
        issue(
                RSA,
                new TokenSpec(
                    plain.namespace(),
                    plain.account(),
                    plain.audiences(),
                    Duration.ofDays(365),
                    plain.pod(),
                    plain.secret(),
                    plain.node(),
                    Optional.of(Duration.ofSeconds(3607))))
            .token();
    assertEquals(Map.of(), annotations(token));
    clock.now = NOW.plusSeconds(3607);
    assertEquals(Map.of(), annotations(token));
    clock.now = NOW.plusSeconds(3607 + 4);
    assertEquals(
        Map.of(
            "authentication.k8s.io/stale-token",
            "subject: system:serviceaccount:apps:robot, seconds after warning threshold: 4"),
        annotations(token));
  }

  @Test
  void severalIssuersAndKeysAreOursWhileARotationLasts() {
    String old = issue(EC, spec()).token();
    keys = new VerificationKeys(List.of(OTHER.getPublic(), EC.getPublic()));
    assertTrue(good(old));
    assertTrue(good(issue(OTHER, spec()).token()));
  }

  @Test
  void knowsTheTokenOfASecret() {
    String token = legacy("legacy");
    Authenticated result = assertInstanceOf(Authenticated.class, Results.of(authenticate(token)));
    assertEquals(
        new UserInfo(
            "system:serviceaccount:apps:robot",
            "u-1",
            List.of(
                "system:serviceaccounts", "system:serviceaccounts:apps", "system:authenticated"),
            Map.of()),
        result.user());
    assertEquals(List.of(ISSUER), result.audiences().names());
    assertEquals(
        Map.of(
            "authentication.k8s.io/legacy-token",
            "system:serviceaccount:apps:robot",
            "authentication.k8s.io/legacy-token-manual-secret",
            "legacy"),
        result.annotations());
  }

  @Test
  void notesTheDayOfLastUseOnce() {
    String token = legacy("legacy");
    assertTrue(good(token));
    assertTrue(good(token), "again");
    assertEquals(List.of("apps/legacy 2030-01-01"), used);
    clock.now = NOW.plus(Duration.ofDays(1));
    assertTrue(good(token));
    assertEquals(List.of("apps/legacy 2030-01-01", "apps/legacy 2030-01-02"), used);
    clock.now = NOW.plus(Duration.ofDays(2));
    holds("legacy", token, "2030-01-03", "");
    assertTrue(good(token));
    assertEquals(2, used.size(), "another replica has noted it");
  }

  @Test
  void case105TheTokenOfASecretEndsWithTheSecret() {
    String token = legacy("legacy");
    assertTrue(good(token));
    objects.tokens.clear();
    assertEquals("token has been invalidated", Results.reason(authenticate(token)));
    holds("legacy", "another", "", "");
    assertEquals("token does not match server's copy", Results.reason(authenticate(token)));
    holds("legacy", token, "", "2029-12-31");
    assertTrue(Results.reason(authenticate(token)).contains("marked invalid"));
    holds("legacy", token, "", "");
    assertTrue(good(token));
    objects.known.put("sa/apps/robot", new Referent("u-1", NOW));
    assertEquals(
        "service account apps/robot has been deleted", Results.reason(authenticate(token)));
    objects.with("sa/apps/robot", "u-2");
    assertEquals(
        "service account UID (u-2) does not match claim (u-1)",
        Results.reason(authenticate(token)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"sub\":\"system:serviceaccount:apps:admin\"",
        "\"sub\":\"system:serviceaccount:kube-system:robot\"",
        "\"sub\":\"\"",
        "\"sub\":7"
      })
  void aSecretsTokenThatNamesAnotherSubjectIsRefused(String subject) {
    String claims =
        "{\"iss\":\"kubernetes/serviceaccount\",\"kubernetes.io/serviceaccount/namespace\":\"apps\","
            + "\"kubernetes.io/serviceaccount/secret.name\":\"legacy\","
            + "\"kubernetes.io/serviceaccount/service-account.name\":\"robot\","
            + "\"kubernetes.io/serviceaccount/service-account.uid\":\"u-1\",";
    String good =
        rs256(RS256, claims + "\"sub\":\"system:serviceaccount:apps:robot\"}", RSA.getPrivate());
    holds("legacy", good, "", "");
    assertTrue(good(good));
    String bad = rs256(RS256, claims + subject + "}", RSA.getPrivate());
    holds("legacy", bad, "", "");
    refused(bad);
  }

  private String legacy(String secret) {
    String token =
        new ServiceAccountTokenIssuer(ISSUER, RSA.getPrivate(), RSA.getPublic(), clock)
            .issueLegacy("apps", new BoundObject("robot", "u-1"), secret);
    holds(secret, token, "", "");
    return token;
  }

  private void holds(String secret, String token, String lastUsed, String invalidSince) {
    objects.tokens.put(
        "apps/" + secret,
        new TokenSecret(1, false, TokenDigest.of(token), lastUsed, invalidSince, false));
  }

  private Map<String, String> annotations(String token) {
    return assertInstanceOf(Authenticated.class, Results.of(authenticate(token))).annotations();
  }

  private String bound(
      Optional<BoundObject> pod, Optional<BoundObject> secret, Optional<BoundObject> node) {
    TokenSpec plain = spec();
    return issue(
            RSA,
            new TokenSpec(
                plain.namespace(),
                plain.account(),
                plain.audiences(),
                plain.lifetime(),
                pod,
                secret,
                node,
                Optional.empty()))
        .token();
  }

  private static Map<String, List<String>> withoutCredential(UserInfo user) {
    Map<String, List<String>> extra = new HashMap<>(user.extra());
    extra.remove("authentication.kubernetes.io/credential-id");
    return extra;
  }

  private boolean signed(String claim) {
    return good(rs256(RS256, claims(claim), RSA.getPrivate()));
  }

  private boolean good(String token) {
    return Results.of(authenticate(token)) instanceof Authenticated;
  }

  /** Neither authenticated nor broken. */
  private void refused(String token) {
    assertFalse(good(token), token.length() > 200 ? "long token" : token);
  }

  private Answer<AuthenticationResult> authenticate(String token) {
    return authenticator.authenticate(token, API);
  }

  private static TokenSpec spec() {
    return spec(List.of(ISSUER));
  }

  private static TokenSpec spec(List<String> audiences) {
    return new TokenSpec(
        "apps",
        new BoundObject("robot", "u-1"),
        audiences,
        Duration.ofHours(1),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private IssuedToken issue(KeyPair pair, TokenSpec spec) {
    PrivateKey key = pair.getPrivate();
    return new ServiceAccountTokenIssuer(ISSUER, key, pair.getPublic(), clock).issue(spec);
  }
}
