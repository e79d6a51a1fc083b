package dev.sallyport.server.endpoint.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Credential;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountTokenIssuer;
import dev.sallyport.config.ServiceAccountConfig;
import dev.sallyport.config.pki.KeyPairs;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.resources.schema.BuiltInSchemas;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.Query;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.review.Review;
import dev.sallyport.server.endpoint.review.ReviewEndpoint;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ResponseWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenReviewsTest {
  private static final String GROUP = "authentication.k8s.io";
  private static final String API = "https://kubernetes.default.svc";
  private static final Audiences AUDIENCES = new Audiences(List.of(API));
  private static final KeyPair KEYS = KeyPairs.ecP256();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2030-01-01T00:00:00.9Z"), ZoneOffset.UTC);
  private static final UserInfo ANN =
      new UserInfo("ann", "u-1", List.of("dev"), Map.of("b", List.of("2"), "a", List.of("1")));

  private final Map<String, String> objects = new HashMap<>();
  private Duration longest = Duration.ZERO;
  private final TokenAuthenticator tokens =
      (token, audiences) ->
          Answer.now(
              switch (token) {
                case "good" -> new Authenticated(ANN, audiences);
                case "old" -> new Rejected("service account token has expired");
                case "odd" -> new Rejected("[one, two]");
                default -> Abstained.INSTANCE;
              });

  @BeforeEach
  void putObjects() {
    objects.put("serviceaccounts/apps/robot", "{'metadata':{'name':'robot','uid':'u-r'}}");
    objects.put("secrets/apps/anchor", "{'metadata':{'name':'anchor','uid':'u-s'}}");
    objects.put("nodes//n1", "{'metadata':{'name':'n1','uid':'u-n'}}");
    objects.put(
        "pods/apps/p",
        "{'metadata':{'name':'p','uid':'u-p'},'spec':{'serviceAccountName':'robot','nodeName':'n1'}}");
    objects.put(
        "pods/apps/lonely",
        "{'metadata':{'name':'lonely','uid':'u-l'},'spec':{'serviceAccountName':'robot','nodeName':'gone'}}");
    objects.put(
        "pods/apps/other",
        "{'metadata':{'name':'other','uid':'u-o'},'spec':{'serviceAccountName':'default'}}");
  }

  @Test
  void tellsWhoTheCallerIs() {
    assertJson(
        """
        {'kind':'SelfSubjectReview','apiVersion':'authentication.k8s.io/v1',
        'metadata':{'creationTimestamp':'2030-01-01T00:00:00Z'},'status':{'userInfo':
        {'username':'ann','uid':'u-1','groups':['dev'],'extra':{'a':['1'],'b':['2']}}}}
        """,
        post(GROUP, "selfsubjectreviews", "", "", "", "{'metadata':{'name':'x'},'status':{}}"));
  }

  @Test
  void tellsWhoseATokenIs() {
    assertJson(
        """
        {'kind':'TokenReview','apiVersion':'authentication.k8s.io/v1','metadata':{},
        'spec':{'token':'good'},'status':{'authenticated':true,'user':{'username':'ann','uid':'u-1',
        'groups':['dev'],'extra':{'a':['1'],'b':['2']}},
        'audiences':['https://kubernetes.default.svc']}}
        """,
        review("{'spec':{'token':'good'},'status':{'error':'mine'}}"));
    assertEquals(
        List.of("vault"),
        AnsweredReview.texts(
            json(review("{'spec':{'token':'good','audiences':['vault']}}"))
                .path("status")
                .path("audiences")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nope | invalid bearer token",
        "old | [invalid bearer token, service account token has expired]",
        "odd | [invalid bearer token, one, two]"
      })
  void tellsWhyATokenIsNoGood(String token, String error) {
    assertJson(
        "{'kind':'TokenReview','apiVersion':'authentication.k8s.io/v1','metadata':{},"
            + "'spec':{'token':'"
            + token
            + "'},'status':{'user':{},'error':'"
            + error
            + "'}}",
        review("{'spec':{'token':'" + token + "'}}"));
  }

  @Test
  void wantsAToken() {
    String refusal = "400 token is required for TokenReview in authentication";
    assertEquals(refusal, review("{'spec':{'token':''}}"));
    assertEquals(refusal, review("{'spec':{}}"));
    assertEquals(refusal, review("{}"));
  }

  @Test
  void issuesATokenForAnHour() {
    JsonNode answer = json(request("{'spec':{}}"));
    String token = answer.path("status").path("token").asText();
    assertJson(
        """
        {'kind':'TokenRequest','apiVersion':'authentication.k8s.io/v1','metadata':{'name':'robot',
        'namespace':'apps','uid':'u-r','creationTimestamp':'2030-01-01T00:00:00Z'},
        'spec':{'audiences':['https://kubernetes.default.svc'],'expirationSeconds':3600,
        'boundObjectRef':null},'status':{'token':'TOKEN',
        'expirationTimestamp':'2030-01-01T01:00:00Z'}}
        """
            .replace("TOKEN", token),
        answer.toString());
    JsonNode claims = claims(token);
    assertEquals(API, claims.path("aud").path(0).asText());
    assertEquals(3600, claims.path("exp").asLong() - claims.path("iat").asLong());
    assertEquals("u-r", claims.path("kubernetes.io").path("serviceaccount").path("uid").asText());
  }

  @Test
  void bindsATokenToASecretOrAPodAndItsNode() {
    JsonNode secret = bound("Secret", "anchor");
    assertEquals("{\"name\":\"anchor\",\"uid\":\"u-s\"}", secret.path("secret").toString());
    JsonNode pod = bound("Pod", "p");
    assertEquals("{\"name\":\"p\",\"uid\":\"u-p\"}", pod.path("pod").toString());
    assertEquals("{\"name\":\"n1\",\"uid\":\"u-n\"}", pod.path("node").toString());
    assertEquals("{\"name\":\"gone\"}", bound("Pod", "lonely").path("node").toString());
    assertEquals("u-n", bound("Node", "n1").path("node").path("uid").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'spec':{'expirationSeconds':599}} | 422 TokenRequest.authentication.k8s.io \"\" is invalid:"
            + " spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10"
            + " minutes",
        "{'spec':{'expirationSeconds':4294967297}} | 422 TokenRequest.authentication.k8s.io \"\" is"
            + " invalid: spec.expirationSeconds: Invalid value: 4294967297: may not specify a"
            + " duration larger than 2^32 seconds",
        "{'spec':{'boundObjectRef':{'kind':'Pod','apiVersion':'v1','name':'other'}}} | 400 cannot"
            + " bind token for serviceaccount \"robot\" to pod running with different serviceaccount"
            + " name.",
        "{'spec':{'boundObjectRef':{'kind':'Deployment','apiVersion':'apps/v1','name':'d'}}} | 400"
            + " cannot bind token to object of type apps/v1, Kind=Deployment",
        "{'spec':{'boundObjectRef':{'kind':'ConfigMap','apiVersion':'v1','name':'x'}}} | 400 cannot"
            + " bind token to object of type /v1, Kind=ConfigMap",
        "{'spec':{'boundObjectRef':{'kind':'Secret','apiVersion':'v1','name':'missing'}}} | 404"
            + " secrets \"missing\" not found",
        "{'spec':{'boundObjectRef':{'kind':'Secret','apiVersion':'v1','name':'anchor','uid':'u'}}} |"
            + " 409 Operation cannot be fulfilled on Secret \"anchor\": the UID in the bound object"
            + " reference (u) does not match the UID in record. The object might have been deleted"
            + " and then recreated",
        "{'metadata':{'uid':'u'}} | 409 Operation cannot be fulfilled on serviceaccounts \"robot\":"
            + " the UID in the token request (u) does not match the UID of the service account (u-r)",
        "{'metadata':{'name':'x'}} | 422 TokenRequest.authentication.k8s.io \"robot\" is invalid:"
            + " metadata.name: Invalid value: \"x\": must match the service account name if"
            + " specified"
      })
  void case107RefusesWhatNobodyGets(String request, String refusal) {
    assertEquals(refusal, request(request));
  }

  @Test
  void anAccountThatIsNotThereGetsNone() {
    assertEquals(
        "404 serviceaccounts \"ghost\" not found",
        post("", "serviceaccounts", "apps", "ghost", "token", "{'spec':{}}"));
  }

  @Test
  void shortensTokensToTheLongestAllowed() {
    longest = Duration.ofHours(2);
    JsonNode answer = json(request("{'spec':{'expirationSeconds':86400}}"));
    assertEquals(7200, answer.path("spec").path("expirationSeconds").asLong());
    assertEquals(
        "2030-01-01T02:00:00Z", answer.path("status").path("expirationTimestamp").asText());
  }

  @Test
  void anHourOfAnOldPodIsAYearWithAWarning() {
    JsonNode answer =
        json(
            request(
                "{'spec':{'expirationSeconds':3607,"
                    + "'boundObjectRef':{'kind':'Pod','apiVersion':'v1','name':'p'}}}"));
    JsonNode claims = claims(answer.path("status").path("token").asText());
    long issued = claims.path("iat").asLong();
    assertEquals(Duration.ofDays(365).toSeconds(), claims.path("exp").asLong() - issued);
    assertEquals(3607, claims.path("kubernetes.io").path("warnafter").asLong() - issued);
    assertEquals(
        "2030-01-01T01:00:07Z", answer.path("status").path("expirationTimestamp").asText());
  }

  private JsonNode bound(String kind, String name) {
    String reference = "{'kind':'" + kind + "','apiVersion':'v1','name':'" + name + "'}";
    JsonNode answer = json(request("{'spec':{'boundObjectRef':" + reference + "}}"));
    assertEquals(name, answer.path("spec").path("boundObjectRef").path("name").asText());
    return claims(answer.path("status").path("token").asText()).path("kubernetes.io");
  }

  private String review(String body) {
    return post(GROUP, "tokenreviews", "", "", "", body);
  }

  private String request(String body) {
    return post("", "serviceaccounts", "apps", "robot", "token", body);
  }

  /** The answer's body, or its code and message when it is refused. */
  private String post(
      String group, String resource, String namespace, String name, String sub, String body) {
    FakeRequest request = FakeRequest.of("POST", "/").body(body.replace('\'', '"'));
    RequestContext context =
        RequestContext.of(request, "id")
            .resolved(
                RequestInfo.ofResource("create", group, "v1", namespace, resource, sub, name),
                Query.EMPTY)
            .authenticated(ANN, Credential.NONE, request);
    try {
      Response response = endpoint(resource).answer(context).toStage().toCompletableFuture().join();
      assertEquals(201, response.status());
      return new String(
          ((Response.Buffered) response).segments().get(0).bytes(), StandardCharsets.UTF_8);
    } catch (CompletionException e) {
      return refusal((StatusException) Objects.requireNonNull(e.getCause()));
    } catch (StatusException e) {
      return refusal(e);
    }
  }

  private static String refusal(StatusException refusal) {
    return refusal.status().code() + " " + refusal.status().message();
  }

  private Endpoint endpoint(String resource) {
    return switch (resource) {
      case "tokenreviews" ->
          endpoint(resource, "TokenReview", false, new TokenReview(tokens, AUDIENCES));
      case "selfsubjectreviews" ->
          endpoint(resource, "SelfSubjectReview", false, new SelfSubjectReview(CLOCK));
      default -> endpoint(resource, "TokenRequest", true, tokenRequest());
    };
  }

  private static Endpoint endpoint(String plural, String name, boolean namespaced, Review review) {
    GroupVersionKind kind = new GroupVersionKind(GROUP, "v1", name);
    ResourceDefinition resource =
        new ResourceDefinition(
            kind,
            plural,
            plural,
            List.of(),
            List.of(),
            namespaced,
            List.of("create"),
            "",
            kind,
            "",
            List.of(),
            List.of());
    return new ReviewEndpoint(
        resource, new BuiltInCodec(new BuiltInSchemas()), new ResponseWriter(List.of()), review);
  }

  private TokenRequest tokenRequest() {
    return new TokenRequest(
        this::find,
        new ServiceAccountTokenIssuer(API, KEYS.getPrivate(), KEYS.getPublic(), CLOCK),
        new ServiceAccountConfig(
            List.of(API),
            List.of(Path.of("k")),
            Path.of("k"),
            Optional.empty(),
            longest,
            true,
            true),
        AUDIENCES,
        CLOCK,
        Runnable::run);
  }

  private Answer<ObjectNode> find(String resource, String namespace, String name) {
    return Optional.ofNullable(objects.get(resource + "/" + namespace + "/" + name))
        .map(text -> Answer.now((ObjectNode) json(text.replace('\'', '"'))))
        .orElseGet(() -> Answer.failed(new StatusException(Status.notFound("", resource, name))));
  }

  private static JsonNode claims(String token) {
    int first = token.indexOf('.');
    assertTrue(first > 0);
    byte[] payload =
        Base64.getUrlDecoder().decode(token.substring(first + 1, token.lastIndexOf('.')));
    return json(new String(payload, StandardCharsets.UTF_8));
  }

  private static JsonNode json(String text) {
    try {
      assertFalse(text.isEmpty());
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static void assertJson(String expected, String actual) {
    assertEquals(expected.replace('\'', '"').replace("\n", ""), actual);
  }
}
