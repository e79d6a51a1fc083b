package dev.sallyport.authn.token.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.Credential;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.configuration.AuthenticationFile;
import dev.sallyport.authn.configuration.Surroundings;
import dev.sallyport.authn.token.cache.InquiryCounts;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.webhook.HttpsClient;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.factory.Connectors;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubRequest;
import dev.sallyport.webhook.stub.StubServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opaque tokens and a real endpoint that is asked about them. */
class IntrospectionAuthenticatorTest {
  private static final Audiences API = new Audiences(List.of("api"));
  private static final String TOKEN = "op/aque+s3cret";

  /** In force from the clock's 1000th second to its 2000th. */
  private static final String GOOD =
      "{\"active\":true,\"sub\":\"ann\",\"aud\":[\"kube\",\"x\"],\"groups\":[\"dev\"],\"uid\":\"7\","
          + "\"team\":[\"red\"],\"jti\":\"id-1\",\"iat\":1000,\"nbf\":1000,\"exp\":2000,"
          + "\"token_type\":\"Bearer\"}";

  private static final CertificateAuthority AUTHORITY = StubServer.authority("idp");

  @TempDir Path folder;
  private final Time time = new Time();
  private final HttpsConnector connector = Connectors.create();
  private StubServer endpoint;

  @BeforeEach
  void start() throws Exception {
    endpoint = StubServer.start(StubServer.certificate(AUTHORITY), StubReply.json(200, GOOD));
    Files.writeString(folder.resolve("secret"), "pa ss/word\n");
    Files.writeString(folder.resolve("bearer"), "our.own-token\n");
  }

  @AfterEach
  void stop() throws Exception {
    connector.close();
    endpoint.close();
  }

  @Test
  void theTokenGoesInTheBodyAndTheClientProvesItself() throws Exception {
    ask(tokens(""), TOKEN);
    StubRequest request = endpoint.requests().get(0);
    assertEquals("POST /introspect HTTP/1.1", request.line());
    assertEquals("token=op%2Faque%2Bs3cret&token_type_hint=access_token", request.text());
    String basic = Base64.getEncoder().encodeToString("sally+port:pa+ss%2Fword".getBytes(UTF_8));
    assertTrue(header(request, "authorization: Basic " + basic), request.head());
    assertTrue(header(request, "content-type: application/x-www-form-urlencoded"), request.head());
    assertFalse(request.head().contains("s3cret"), request.head());
  }

  @Test
  void theClientMayHaveATokenOfItsOwn() throws Exception {
    ask(
        tokens(
            "", "clientID: sally port", "", "clientSecretFile: secret", "bearerTokenFile: bearer"),
        TOKEN);
    StubRequest request = endpoint.requests().get(0);
    assertTrue(header(request, "authorization: Bearer our.own-token"), request.head());
  }

  @Test
  void anActiveTokenIsItsUser() throws Exception {
    Authenticated good = assertInstanceOf(Authenticated.class, ask(tokens(""), TOKEN));
    assertEquals(
        new UserInfo(
            "idp:ann",
            "7",
            List.of("idp:dev"),
            Map.of(
                "authentication.kubernetes.io/credential-id",
                List.of("JTI=id-1"),
                "example.org/team",
                List.of("red"))),
        good.user());
    assertEquals(new Credential("JTI=id-1", null, 1_000_000, 2_000_000), good.credential());
    assertEquals(API, good.audiences());
  }

  @Test
  void isAskedOnceInAWhileAndNeverRememberedBeyondItsEnd() throws Exception {
    IntrospectionAuthenticator tokens = tokens("cacheTTL: 10m");
    time.seconds(1900);
    Results.user(tokens.authenticate(TOKEN, API));
    time.seconds(1999);
    assertInstanceOf(Answer.Now.class, tokens.authenticate(TOKEN, API));
    assertEquals(1, endpoint.requests().size());
    time.seconds(2001);
    assertEquals("localhost: the token has expired", reason(tokens, TOKEN));
    assertEquals(2, endpoint.requests().size());
  }

  @Test
  void isAskedAgainWhenTheTimeIsOver() throws Exception {
    IntrospectionAuthenticator tokens = tokens("cacheTTL: 30s");
    Results.user(tokens.authenticate(TOKEN, API));
    endpoint.reply(StubReply.json(200, "{\"active\":false}"));
    time.seconds(1529);
    Results.user(tokens.authenticate(TOKEN, API));
    time.seconds(1530);
    Results.assertAbstained(tokens.authenticate(TOKEN, API));
  }

  @Test
  void remembersNothingWithoutTime() throws Exception {
    IntrospectionAuthenticator tokens = tokens("cacheTTL: 0s");
    ask(tokens, TOKEN);
    ask(tokens, TOKEN);
    assertEquals(2, endpoint.requests().size());
  }

  @Test
  void anInactiveTokenIsForOthersToJudgeAndBrieflyRemembered() throws Exception {
    IntrospectionAuthenticator tokens = tokens("cacheTTL: 10m");
    endpoint.reply(StubReply.json(200, "{\"active\":false}"));
    Results.assertAbstained(tokens.authenticate(TOKEN, API));
    endpoint.reply(StubReply.json(200, GOOD));
    time.seconds(1509);
    Results.assertAbstained(tokens.authenticate(TOKEN, API));
    time.seconds(1510);
    assertEquals("idp:ann", Results.user(tokens.authenticate(TOKEN, API)).name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"active\":\"true\",\"sub\":\"ann\",\"aud\":\"kube\"}",
        "{\"active\":1,\"sub\":\"ann\",\"aud\":\"kube\"}",
        "{\"active\":false,\"active\":true,\"sub\":\"ann\",\"aud\":\"kube\"}",
        "{\"active\":true,\"aud\":\"kube\"}",
        "{\"active\":true,\"sub\":\"\",\"aud\":\"kube\",\"groups\":[7]}",
        "{\"active\":true,\"sub\":\"ann\",\"aud\":\"kube\",\"uid\":\"7\",\"exp\":\"never\"}",
        "{\"active\":true,\"sub\":\"ann\",\"aud\":\"kube\",\"uid\":\"7\",\"exp\":1400}",
        "{\"active\":true,\"sub\":\"ann\",\"aud\":\"kube\",\"uid\":\"7\",\"nbf\":9000}",
        "{\"active\":true,\"sub\":\"ann\",\"uid\":\"7\"}",
        "{\"active\":true,\"sub\":\"ann\",\"uid\":\"7\",\"aud\":\"others\"}",
        "{\"active\":true,\"sub\":\"ann\",\"uid\":\"7\",\"aud\":\"kube\",\"token_type\":\"DPoP\"}",
        "{\"active\":true,\"sub\":\"ann\",\"uid\":\"7\",\"aud\":\"kube\",\"cnf\":{\"jkt\":\"a\"}}",
      })
  void anAnswerThatIsNoClearYesLetsNobodyIn(String body) throws Exception {
    endpoint.reply(StubReply.json(200, body));
    assertFalse(reason(tokens(""), TOKEN).contains("s3cret"));
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 302, 400, 401, 404, 500, 503})
  void anEndpointThatFailsLetsNobodyInAndIsAskedAgain(int status) throws Exception {
    IntrospectionAuthenticator tokens = tokens("");
    endpoint.reply(
        (request, out) ->
            out.write(
                ("HTTP/1.1 "
                        + status
                        + " X\r\nLocation: /other\r\nContent-Length: 15\r\n\r\n"
                        + "{\"active\":true}")
                    .getBytes(UTF_8)));
    assertEquals("localhost: answered " + status, reason(tokens, TOKEN));
    assertEquals(1, endpoint.requests().size());
    endpoint.reply(StubReply.json(200, GOOD));
    assertEquals("idp:ann", Results.user(tokens.authenticate(TOKEN, API)).name());
  }

  @Test
  void anEndpointThatSaysNothingIsWaitedForAsLongAsConfigured() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    endpoint.reply((request, out) -> await(over));
    String reason = reason(tokens("timeout: 200ms"), TOKEN);
    over.countDown();
    assertTrue(reason.startsWith("localhost: "), reason);
  }

  @Test
  void anEndpointOfAnotherAuthorityIsToldNoToken() throws Exception {
    try (StubServer other =
        StubServer.start(
            StubServer.certificate(StubServer.authority("other")), StubReply.json(200, GOOD))) {
      String url = "https://localhost:" + endpoint.port();
      reason(tokens("", url, "https://localhost:" + other.port()), TOKEN);
      assertEquals(List.of(), other.requests());
    }
  }

  @Test
  void namesOfThisServerAreNotForTheEndpointToGive() throws Exception {
    endpoint.reply(
        StubReply.json(200, GOOD.replace("\"ann\"", "\"ann\",\"role\":\"system:masters\"")));
    String[] unprefixed = {"{claim: groups, prefix: 'idp:'}", "{claim: role, prefix: ''}"};
    assertTrue(
        reason(tokens("", unprefixed), TOKEN).contains("may not name the group system:masters"));
    String[] allowed = {
      unprefixed[0],
      unprefixed[1],
      "introspection:",
      "allowedSystemNames: ['system:masters']\nintrospection:"
    };
    assertEquals(
        List.of("system:masters"),
        Results.user(tokens("", allowed).authenticate(TOKEN, API)).groups());
  }

  @Test
  void rulesMayTakeThePlaceOfAudiences() throws Exception {
    String[] rules = {
      "audiences: [kube]",
      "claimValidationRules: [{expression: \"claims.scope.split(' ').exists(s, s == 'kube')\"}]"
    };
    endpoint.reply(
        StubReply.json(
            200, "{\"active\":true,\"sub\":\"ann\",\"uid\":\"7\",\"scope\":\"a kube\"}"));
    assertEquals("idp:ann", Results.user(tokens("", rules).authenticate(TOKEN, API)).name());
    endpoint.reply(
        StubReply.json(200, "{\"active\":true,\"sub\":\"ann\",\"uid\":\"7\",\"scope\":\"kuber\"}"));
    reason(tokens("", rules), TOKEN);
  }

  @Test
  void isAskedAboutItsOwnTokensOnly() throws Exception {
    String jwt = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJhIn0.c2ln";
    Results.assertAbstained(tokens("").authenticate(jwt, API));
    IntrospectionAuthenticator prefixed = tokens("tokenPrefix: eyJ");
    Results.assertAbstained(prefixed.authenticate(TOKEN, API));
    Results.assertAbstained(tokens("").authenticate(TOKEN, new Audiences(List.of("vault"))));
    assertEquals(List.of(), endpoint.requests());
    assertEquals("idp:ann", Results.user(prefixed.authenticate(jwt, API)).name());
  }

  @Test
  void requestsWithOneTokenWaitForOneAnswer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    endpoint.reply(
        (request, out) -> {
          await(asked);
          StubReply.whole(out, 200, "application/json", GOOD);
        });
    IntrospectionAuthenticator tokens = tokens("");
    Answer<AuthenticationResult> first = tokens.authenticate(TOKEN, API);
    Answer<AuthenticationResult> second = tokens.authenticate(TOKEN, API);
    asked.countDown();
    assertEquals(Results.user(first), Results.user(second));
    assertEquals(1, endpoint.requests().size());
  }

  /**
   * The one endpoint of a configuration.
   *
   * @param line added to it
   * @param replaced texts of the configuration and what stands there instead
   */
  private IntrospectionAuthenticator tokens(String line, String... replaced) throws Exception {
    String text =
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthenticationConfiguration
        ---
        apiVersion: sallyport.dev/v1alpha1
        kind: SallyportAuthentication
        introspection:
        - endpoint: %s
          certificateAuthority: |
        %s
          clientID: sally port
          clientSecretFile: secret
          audiences: [kube]
          claimMappings:
            username: {claim: sub, prefix: 'idp:'}
            groups: {claim: groups, prefix: 'idp:'}
            uid: {claim: uid}
            extra:
            - {key: example.org/team, valueExpression: "has(claims.team) ? claims.team : []"}
          %s
        """
            .formatted(
                endpoint.url("/introspect"),
                PemWriter.certificate(AUTHORITY.certificate()).indent(4).stripTrailing(),
                line);
    for (int i = 0; i < replaced.length; i += 2) {
      text = text.replace(replaced[i], replaced[i + 1]);
    }
    AuthenticationFile file =
        AuthenticationFile.parse(
            List.of(new FileContent(folder.resolve("authn.yaml"), text.getBytes(UTF_8))),
            new Surroundings(List.of(), false, List.of()));
    Introspection introspection = file.introspections().get(0);
    HttpsClient client = connector.client(introspection.peer());
    return new IntrospectionAuthenticator(
        introspection, client, file.names(), API, time, Runnable::run, new InquiryCounts());
  }

  private static boolean header(StubRequest request, String expected) {
    return request.head().lines().anyMatch(line -> line.equalsIgnoreCase(expected));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static AuthenticationResult ask(IntrospectionAuthenticator tokens, String token) {
    return Results.of(tokens.authenticate(token, API));
  }

  private static String reason(IntrospectionAuthenticator tokens, String token) {
    return Results.reason(tokens.authenticate(token, API));
  }

  private static final class Time extends Clock {
    private volatile Instant now = Instant.ofEpochSecond(1500);

    void seconds(long seconds) {
      now = Instant.ofEpochSecond(seconds);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
