package dev.sallyport.authz.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.SelectorRequirement;
import dev.sallyport.api.Selectors;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import dev.sallyport.config.ReviewVersion;
import dev.sallyport.config.WebhookAuthorizerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAuthorizerTest {

  private static final UserInfo ANN =
      new UserInfo("ann", "7", List.of("g", "h"), Map.of("dept", List.of("r")));
  private static final RequestInfo LIST =
      RequestInfo.ofResource("list", "apps", "v1", "ns", "deployments", "", "");
  private static final String YES = "{\"allowed\":true,\"reason\":\"it says yes\"}";
  private static final String NO = "{\"allowed\":false}";

  private static final Selectors NODE =
      new Selectors(
          List.of(new SelectorRequirement("spec.nodeName", "In", List.of("n1"))),
          List.of(new SelectorRequirement("canary", "DoesNotExist", List.of())));

  private final List<ObjectNode> questions = new ArrayList<>();
  private final Deque<Answer<ObjectNode>> answers = new ArrayDeque<>();
  private final Time time = new Time();
  private final Heard heard = new Heard();

  @Test
  void asksAboutAResource() throws Exception {
    says(YES);

    assertEquals(AuthorizationResult.allow("it says yes"), ask(authorizer(), ANN, LIST));
    assertEquals(
        "{\"kind\":\"SubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\","
            + "\"metadata\":{\"creationTimestamp\":null},\"spec\":{\"resourceAttributes\":"
            + "{\"namespace\":\"ns\",\"verb\":\"list\",\"group\":\"apps\",\"version\":\"v1\","
            + "\"resource\":\"deployments\"},\"user\":\"ann\",\"groups\":[\"g\",\"h\"],"
            + "\"extra\":{\"dept\":[\"r\"]},\"uid\":\"7\"},\"status\":{\"allowed\":false}}",
        questions.get(0).toString());
  }

  @Test
  void oneQuestionUnderWayServesAllWhoAskTheSame() throws Exception {
    CompletableFuture<ObjectNode> slow = new CompletableFuture<>();
    answers.add(Answer.later(slow));
    answers.add(Answer.later(new CompletableFuture<>()));
    WebhookAuthorizer authorizer = authorizer();
    Answer<AuthorizationResult> first = authorizer.authorize(new Attributes(ANN, LIST));
    Answer<AuthorizationResult> second = authorizer.authorize(new Attributes(ANN, LIST));
    assertEquals(1, questions.size());
    var unused = authorizer.authorize(new Attributes(UserInfo.of("bob"), LIST));
    assertEquals(2, questions.size());
    slow.complete((ObjectNode) new ObjectMapper().readTree(YES));
    for (Answer<AuthorizationResult> each : List.of(first, second)) {
      assertEquals(Decision.ALLOW, each.toStage().toCompletableFuture().get().decision());
    }
  }

  @Test
  void tellsToWhichObjectsARequestLimitsItself() throws Exception {
    says(YES);
    ask(authorizer(), ANN, LIST.selecting(NODE));

    assertEquals(
        "{\"namespace\":\"ns\",\"verb\":\"list\",\"group\":\"apps\",\"version\":\"v1\","
            + "\"resource\":\"deployments\",\"fieldSelector\":{\"requirements\":[{\"key\":"
            + "\"spec.nodeName\",\"operator\":\"In\",\"values\":[\"n1\"]}]},\"labelSelector\":"
            + "{\"requirements\":[{\"key\":\"canary\",\"operator\":\"DoesNotExist\"}]}}",
        questions.get(0).get("spec").get("resourceAttributes").toString());
  }

  @Test
  void conditionsSeeSelectors() throws Exception {
    WebhookAuthorizer authorizer =
        authorizer(
            config(ReviewVersion.V1, true),
            List.of(
                "has(request.resourceAttributes.fieldSelector) &&"
                    + " request.resourceAttributes.fieldSelector.requirements.exists(r, r.key =="
                    + " 'spec.nodeName' && r.operator == 'In' && r.values == ['n1'])",
                "request.resourceAttributes.labelSelector.requirements[0].values.size() == 0"));
    says(YES);

    assertEquals(Decision.ALLOW, ask(authorizer, ANN, LIST.selecting(NODE)).decision());
    assertEquals(AuthorizationResult.NO_OPINION, ask(authorizer, ANN, LIST));
  }

  @Test
  void asksAboutAPathInTheOldVersion() throws Exception {
    says(NO);

    ask(
        authorizer(config(ReviewVersion.V1BETA1, false), List.of()),
        UserInfo.of("ann", "g"),
        RequestInfo.ofPath("get", "/metrics"));

    assertEquals(
        "{\"nonResourceAttributes\":{\"path\":\"/metrics\",\"verb\":\"get\"},\"user\":\"ann\","
            + "\"group\":[\"g\"]}",
        questions.get(0).get("spec").toString());
    assertEquals("authorization.k8s.io/v1beta1", questions.get(0).get("apiVersion").textValue());
  }

  @Test
  void tellsNoOpinionFromDenial() throws Exception {
    says("{\"allowed\":false,\"reason\":\"not mine\"}");
    says("{\"allowed\":false,\"denied\":true,\"reason\":\"never\"}");

    assertEquals(
        new AuthorizationResult(Decision.NO_OPINION, "not mine", null),
        ask(authorizer(), ANN, LIST));
    assertEquals(AuthorizationResult.deny("never"), ask(authorizer(), ANN, LIST));
  }

  @Test
  void remembersYesAndNoForTheirTimes() throws Exception {
    WebhookAuthorizer authorizer = authorizer();
    RequestInfo other = RequestInfo.ofPath("get", "/other");
    says(YES);
    says(NO);
    ask(authorizer, ANN, LIST);
    ask(authorizer, ANN, other);

    time.pass(Duration.ofSeconds(9));
    ask(authorizer, ANN, LIST);
    ask(authorizer, ANN, other);
    assertEquals(2, questions.size());

    time.pass(Duration.ofSeconds(2));
    says(YES);
    assertEquals(Decision.ALLOW, ask(authorizer, ANN, LIST).decision());
    assertEquals(Decision.NO_OPINION, ask(authorizer, ANN, other).decision());
    assertEquals(3, questions.size());

    time.pass(Duration.ofSeconds(20));
    says(NO);
    assertEquals(Decision.NO_OPINION, ask(authorizer, ANN, LIST).decision());
  }

  @Test
  void case117AnswerHoldsForExactlyOneQuestion() throws Exception {
    WebhookAuthorizer authorizer = authorizer();
    says(YES);
    ask(authorizer, ANN, LIST);
    List<UserInfo> others =
        List.of(
            new UserInfo("bob", "7", ANN.groups(), ANN.extra()),
            new UserInfo("ann", "8", ANN.groups(), ANN.extra()),
            new UserInfo("ann", "7", List.of("g"), ANN.extra()),
            new UserInfo("ann", "7", List.of("gh"), ANN.extra()),
            new UserInfo("ann", "7", ANN.groups(), Map.of()),
            new UserInfo("ann", "7", ANN.groups(), Map.of("dept", List.of("r", "s"))),
            new UserInfo("ann", "7", ANN.groups(), Map.of("team", List.of("r"))));
    for (UserInfo other : others) {
      says(NO);
      assertEquals(Decision.NO_OPINION, ask(authorizer, other, LIST).decision(), other.toString());
    }
    List<RequestInfo> requests =
        List.of(
            RequestInfo.ofResource("watch", "apps", "v1", "ns", "deployments", "", ""),
            RequestInfo.ofResource("list", "extensions", "v1", "ns", "deployments", "", ""),
            RequestInfo.ofResource("list", "apps", "v2", "ns", "deployments", "", ""),
            RequestInfo.ofResource("list", "apps", "v1", "", "deployments", "", ""),
            RequestInfo.ofResource("list", "apps", "v1", "ns", "replicasets", "", ""),
            RequestInfo.ofResource("list", "apps", "v1", "ns", "deployments", "scale", ""),
            RequestInfo.ofResource("list", "apps", "v1", "ns", "deployments", "", "a"),
            LIST.selecting(NODE),
            LIST.selecting(new Selectors(NODE.fields(), List.of())),
            LIST.selecting(new Selectors(List.of(), NODE.labels())),
            RequestInfo.ofPath("list", "/apps/v1/ns/deployments"));
    for (RequestInfo other : requests) {
      says(NO);
      assertEquals(Decision.NO_OPINION, ask(authorizer, ANN, other).decision(), other.toString());
    }
    assertEquals(1 + others.size() + requests.size(), questions.size());
  }

  @Test
  void case117FailureIsNeverAYesAndNeverRemembered() throws Exception {
    WebhookAuthorizer authorizer = authorizer();
    fails("down");
    fails("down");
    says(YES);

    assertEquals(
        new AuthorizationResult(Decision.NO_OPINION, "", "down"), ask(authorizer, ANN, LIST));
    assertEquals(
        new AuthorizationResult(Decision.DENY, "", "down"),
        ask(authorizer(config(ReviewVersion.V1, true), List.of()), ANN, LIST));
    assertEquals(Decision.ALLOW, ask(authorizer, ANN, LIST).decision());
    assertEquals(
        List.of("evaluated ERROR", "failedOpen ERROR", "evaluated ERROR", "evaluated SUCCESS"),
        heard.events);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"allowed\":\"true\"}",
        "{\"allowed\":1}",
        "{\"allowed\":{}}",
        "{\"allowed\":true,\"denied\":\"false\"}"
      })
  void case117MalformedAnswerIsAFailure(String status) throws Exception {
    says(status);

    AuthorizationResult result = ask(authorizer(), ANN, LIST);

    assertEquals(Decision.NO_OPINION, result.decision());
    assertNotNull(result.error());
  }

  @Test
  void case117YesAndNoTogetherIsANo() throws Exception {
    says("{\"allowed\":true,\"denied\":true}");

    AuthorizationResult result = ask(authorizer(), ANN, LIST);

    assertEquals(Decision.DENY, result.decision());
    assertNotNull(result.error());
  }

  @Test
  void isNotAskedUnlessAllConditionsAreTrue() throws Exception {
    WebhookAuthorizer authorizer =
        authorizer(
            config(ReviewVersion.V1, true),
            List.of(
                "has(request.resourceAttributes)",
                "request.resourceAttributes.namespace == 'ns'",
                "'g' in request.groups && request.extra['dept'][0] == 'r'"));
    says(YES);

    assertEquals(Decision.ALLOW, ask(authorizer, ANN, LIST).decision());
    assertEquals(
        AuthorizationResult.NO_OPINION,
        ask(authorizer, ANN, RequestInfo.ofResource("list", "", "v1", "x", "pods", "", "")));
    // The first is false, so that the others, which fail, do not matter.
    assertEquals(
        AuthorizationResult.NO_OPINION, ask(authorizer, ANN, RequestInfo.ofPath("get", "/x")));
    assertEquals(List.of("evaluated SUCCESS", "excluded", "excluded"), heard.events);
  }

  @Test
  void failedConditionIsAFailureOfTheWebhook() throws Exception {
    List<String> failing = List.of("request.extra['none'][0] == 'r'", "request.user == 'ann'");

    AuthorizationResult denied =
        ask(authorizer(config(ReviewVersion.V1, true), failing), ANN, LIST);
    assertEquals(Decision.DENY, denied.decision());
    assertNotNull(denied.error());

    AuthorizationResult open = ask(authorizer(config(ReviewVersion.V1, false), failing), ANN, LIST);
    assertEquals(Decision.NO_OPINION, open.decision());
    assertNotNull(open.error());
    assertEquals(List.of("conditionFailed", "conditionFailed"), heard.events);
  }

  private WebhookAuthorizer authorizer() throws Exception {
    return authorizer(config(ReviewVersion.V1, false), List.of());
  }

  private WebhookAuthorizer authorizer(WebhookAuthorizerConfig config, List<String> conditions)
      throws Exception {
    return new WebhookAuthorizer(
        config,
        MatchConditions.of(conditions),
        question -> {
          questions.add(question);
          return answers.remove();
        },
        time,
        Runnable::run,
        heard);
  }

  private static WebhookAuthorizerConfig config(ReviewVersion version, boolean denies) {
    return new WebhookAuthorizerConfig(
        "hook",
        Path.of("/hook"),
        version,
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(3),
        denies,
        List.of());
  }

  private void says(String status) throws JsonProcessingException {
    answers.add(Answer.now((ObjectNode) new JsonMapper().readTree(status)));
  }

  private void fails(String why) {
    answers.add(Answer.failed(new IOException(why)));
  }

  private static AuthorizationResult ask(
      WebhookAuthorizer authorizer, UserInfo user, RequestInfo request) throws Exception {
    return authorizer
        .authorize(new Attributes(user, request))
        .toStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private static final class Heard implements WebhookObserver {
    private final List<String> events = new ArrayList<>();

    @Override
    public void evaluated(String authorizer, Outcome outcome, long nanos) {
      events.add("evaluated " + outcome);
    }

    @Override
    public void failedOpen(String authorizer, Outcome outcome) {
      events.add("failedOpen " + outcome);
    }

    @Override
    public void excluded(String authorizer) {
      events.add("excluded");
    }

    @Override
    public void conditionFailed(String authorizer) {
      events.add("conditionFailed");
    }

    @Override
    public void reloaded(boolean success) {
      events.add("reloaded " + success);
    }
  }

  private static final class Time extends Clock {
    private Instant now = Instant.EPOCH;

    void pass(Duration time) {
      now = now.plus(time);
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
