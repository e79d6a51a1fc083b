package dev.sallyport.authn.token.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.token.cache.InquiryCounts;
import java.io.IOException;
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

class WebhookTokenAuthenticatorTest {

  private static final Audiences API = new Audiences(List.of("api"));
  private static final String GOOD =
      "{\"authenticated\":true,\"user\":{\"username\":\"ann\",\"uid\":\"7\",\"groups\":[\"g\"],"
          + "\"extra\":{\"dept\":[\"r\"]}}}";

  private final List<ObjectNode> questions = new ArrayList<>();
  private final Deque<Answer<ObjectNode>> answers = new ArrayDeque<>();
  private final Time time = new Time();
  private final InquiryCounts counts = new InquiryCounts();
  private final WebhookTokenAuthenticator tokens = authenticator(Duration.ofMinutes(2));

  @Test
  void asksWhoseTheTokenIs() throws Exception {
    says(GOOD);

    assertEquals(
        new Authenticated(
            new UserInfo("ann", "7", List.of("g"), Map.of("dept", List.of("r"))), API),
        ask("t", API));
    assertEquals(
        "{\"kind\":\"TokenReview\",\"apiVersion\":\"authentication.k8s.io/v1\","
            + "\"metadata\":{\"creationTimestamp\":null},\"spec\":{\"token\":\"t\","
            + "\"audiences\":[\"api\"]},\"status\":{\"user\":{}}}",
        questions.get(0).toString());
  }

  @Test
  void remembersWhomItKnowsAndWhomNotForAWhile() throws Exception {
    says(GOOD);
    says("{\"authenticated\":false}");
    ask("good", API);
    ask("bad", API);

    time.pass(Duration.ofSeconds(119));
    assertInstanceOf(Authenticated.class, ask("good", API));
    assertEquals(Abstained.INSTANCE, ask("bad", API));
    assertEquals(2, questions.size());
    assertEquals(2, counts.unknown());
    assertEquals(2, counts.remembered());
    assertEquals(2, counts.answered());

    time.pass(Duration.ofSeconds(2));
    says("{}");
    assertEquals(Abstained.INSTANCE, ask("good", API));
    assertEquals(3, questions.size());
  }

  @Test
  void neverRemembersErrors() throws Exception {
    answers.add(Answer.failed(new IOException("down")));
    says("{\"error\":\"no database\"}");
    says(GOOD);

    assertEquals(new Rejected("down"), ask("tok-1", API));
    assertEquals(1, counts.failed());
    assertEquals(new Rejected("no database"), ask("tok-1", API));
    assertInstanceOf(Authenticated.class, ask("tok-1", API));
  }

  @Test
  void remembersNothingWithoutTime() throws Exception {
    WebhookTokenAuthenticator forgetful = authenticator(Duration.ZERO);
    says(GOOD);
    says("{}");

    assertInstanceOf(Authenticated.class, wait(forgetful.authenticate("t", API)));
    assertEquals(Abstained.INSTANCE, wait(forgetful.authenticate("t", API)));
  }

  @Test
  void answersOfOneAudienceDoNotHoldForAnother() throws Exception {
    says(GOOD);
    says("{\"authenticated\":false}");
    ask("t", API);

    assertEquals(Abstained.INSTANCE, ask("t", new Audiences(List.of("vault"))));
    assertEquals(2, questions.size());
  }

  @Test
  void requestsWithOneTokenWaitForOneAnswer() throws Exception {
    CompletableFuture<ObjectNode> pending = new CompletableFuture<>();
    answers.add(Answer.later(pending));

    Answer<AuthenticationResult> first = tokens.authenticate("t", API);
    Answer<AuthenticationResult> second = tokens.authenticate("t", API);
    assertEquals(1, counts.underWay());
    assertEquals(1, counts.waiting());
    pending.complete(json(GOOD));
    assertEquals(0, counts.underWay());
    assertEquals(0, counts.waiting());

    assertInstanceOf(Authenticated.class, wait(first));
    assertEquals(wait(first), wait(second));
    assertEquals(1, questions.size());
  }

  @Test
  void case116TokenForOtherAudiencesIsNotGoodHere() throws Exception {
    says("{\"authenticated\":true,\"audiences\":[\"vault\"],\"user\":{\"username\":\"ann\"}}");

    assertEquals(Abstained.INSTANCE, ask("t", API));
  }

  @Test
  void tokenIsGoodForTheAudiencesThatBothName() throws Exception {
    says(
        "{\"authenticated\":true,\"audiences\":[\"b\",\"c\",\"a\"],\"user\":{\"username\":\"x\"}}");

    Audiences wanted = new Audiences(List.of("a", "b", "d"));
    assertEquals(new Audiences(List.of("a", "b")), ((Authenticated) ask("t", wanted)).audiences());
  }

  @Test
  void webhookThatNamesNoAudienceMeansTheApi() throws Exception {
    says(GOOD);
    says(GOOD);

    assertEquals(API, ((Authenticated) ask("t", new Audiences(List.of("x", "api")))).audiences());
    assertEquals(Abstained.INSTANCE, ask("t", new Audiences(List.of("x"))));
  }

  @Test
  void case116UserWithoutANameIsNobody() throws Exception {
    says("{\"authenticated\":true,\"user\":{\"username\":\"\",\"groups\":[\"system:masters\"]}}");
    says("{\"authenticated\":true}");

    assertInstanceOf(Rejected.class, ask("a", API));
    assertInstanceOf(Rejected.class, ask("b", API));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"authenticated\":\"true\",\"user\":{\"username\":\"ann\"}}",
        "{\"authenticated\":1,\"user\":{\"username\":\"ann\"}}",
        "{\"authenticated\":true,\"user\":{\"username\":7}}",
        "{\"authenticated\":true,\"user\":\"ann\"}",
        "{\"authenticated\":true,\"user\":{\"username\":\"ann\",\"groups\":\"g\"}}",
        "{\"authenticated\":true,\"user\":{\"username\":\"ann\",\"groups\":[1]}}",
        "{\"authenticated\":true,\"user\":{\"username\":\"ann\",\"groups\":[null]}}",
        "{\"authenticated\":true,\"user\":{\"username\":\"ann\",\"uid\":{}}}",
        "{\"authenticated\":true,\"user\":{\"username\":\"ann\",\"extra\":[]}}",
        "{\"authenticated\":true,\"user\":{\"username\":\"ann\",\"extra\":{\"a\":\"b\"}}}",
        "{\"authenticated\":true,\"audiences\":\"api\",\"user\":{\"username\":\"ann\"}}"
      })
  void case114MalformedAnswerLetsNobodyIn(String status) throws Exception {
    says(status);

    assertInstanceOf(Rejected.class, ask("t", API));
  }

  @Test
  void aReasonNeverHoldsTheToken() throws Exception {
    says("{\"error\":\"token s3cret is\\nunknown\"}");

    assertEquals("token *** is unknown", ((Rejected) ask("s3cret", API)).reason());
  }

  @Test
  void brokenWebhookKeepsNobodyWaiting() throws Exception {
    WebhookTokenAuthenticator broken =
        new WebhookTokenAuthenticator(
            review -> {
              throw new IllegalStateException("broken");
            },
            "v1",
            API,
            Duration.ofMinutes(2),
            time,
            Runnable::run,
            counts);

    assertInstanceOf(Rejected.class, wait(broken.authenticate("t", API)));
    assertInstanceOf(Rejected.class, wait(broken.authenticate("t", API)));
  }

  @Test
  void answerInMemoryNeedsNoWaiting() throws Exception {
    says(GOOD);
    assertFalse(tokens.authenticate("t", API) instanceof Answer.Now);

    assertTrue(tokens.authenticate("t", API) instanceof Answer.Now);
  }

  private WebhookTokenAuthenticator authenticator(Duration ttl) {
    return new WebhookTokenAuthenticator(
        question -> {
          questions.add(question);
          return answers.remove();
        },
        "v1",
        API,
        ttl,
        time,
        Runnable::run,
        counts);
  }

  private void says(String status) throws JsonProcessingException {
    answers.add(Answer.now(json(status)));
  }

  private static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode) new JsonMapper().readTree(text);
  }

  private AuthenticationResult ask(String token, Audiences audiences) throws Exception {
    return wait(tokens.authenticate(token, audiences));
  }

  private static AuthenticationResult wait(Answer<AuthenticationResult> answer) throws Exception {
    return answer.toStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
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
