package dev.sallyport.webhook.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.HttpsReply;
import dev.sallyport.webhook.TlsPeer;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.https.NettyConnector;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookClientTest {

  private static final CertificateAuthority CA = StubServer.authority("ca");
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), 1, 0, 3);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final HttpsConnector connector = new NettyConnector();
  private final CountDownLatch released = new CountDownLatch(1);
  private StubServer server;

  @BeforeEach
  void start() throws Exception {
    server = StubServer.start(StubServer.certificate(CA), StubReply.json(200, "{}"));
  }

  @AfterEach
  void stop() throws Exception {
    released.countDown();
    connector.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "500, 3, an error on the server (\"unknown\") has prevented the request from succeeding",
    "502, 3, an error on the server (\"unknown\") has prevented the request from succeeding",
    "504, 3, 'the server was unable to return a response in the time allotted, but may still be"
        + " processing the request'",
    "429, 3, the server has received too many requests and has asked us to try again later",
    "503, 1, the server is currently unable to handle the request",
    "404, 1, the server could not find the requested resource",
    "302, 1, the server responded with the status code 302 but did not return more information"
  })
  void repeatsWhatMayPass(int status, int calls, String message) {
    server.reply(StubReply.json(status, "{}"));

    assertEquals(message, failure(post(client(Retry.TRANSIENT), LONG, LONG)).getMessage());
    assertEquals(calls, server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 404, 302})
  void repeatsEverythingIfWanted(int status) {
    server.reply(StubReply.json(status, "{}"));

    failure(post(client(Retry.ALWAYS), LONG, LONG));

    assertEquals(3, server.requests().size());
  }

  @Test
  void takesTheFirstGoodAnswer() throws Exception {
    server.reply(
        (request, out) ->
            StubReply.whole(out, server.requests().size() < 3 ? 500 : 200, "text/plain", "x"));

    assertEquals(200, wait(post(client(Retry.TRANSIENT), LONG, LONG)).status());
    assertEquals(3, server.requests().size());
  }

  @Test
  void repeatsCallThatTheServerCutShort() {
    server.reply(
        (request, out) -> {
          throw new IOException("cut");
        });

    failure(post(client(Retry.TRANSIENT), LONG, LONG));

    assertEquals(3, server.requests().size());
  }

  @Test
  void tellsWhatTheServerSays() {
    server.reply((request, out) -> StubReply.whole(out, 500, "text/plain", "no\ndatabase"));
    assertEquals(
        "an error on the server (\"no database\") has prevented the request from succeeding",
        failure(post(client(Retry.TRANSIENT), LONG, LONG)).getMessage());

    server.reply(StubReply.json(403, "{\"kind\":\"Status\",\"message\":\"not you\"}"));
    assertEquals("not you", failure(post(client(Retry.TRANSIENT), LONG, LONG)).getMessage());
  }

  @Test
  void endsWithTheTimeForAllCalls() {
    server.reply((request, out) -> pause());

    WebhookException failure = failure(post(client(Retry.ALWAYS), LONG, Duration.ofMillis(200)));

    assertEquals(WebhookException.Kind.TIMEOUT, failure.kind());
  }

  @Test
  void neverPausesBeyondTheTimeForAllCalls() {
    server.reply(StubReply.json(500, "{}"));
    WebhookClient client =
        new WebhookClient(
            connector,
            Watched.fixed(target(server)),
            new Backoff(Duration.ofHours(1), 1, 0, 3),
            Retry.TRANSIENT);

    assertTrue(
        String.valueOf(failure(post(client, LONG, LONG)).getMessage()).startsWith("an error"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "null",
        "{\"apiVersion\":\"v1\",\"kind\":\"Other\",\"status\":{\"ok\":true}}",
        "{\"apiVersion\":\"v2\",\"kind\":\"Review\",\"status\":{\"ok\":true}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Review\",\"status\":[]}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Review\",\"status\":{\"ok\":false,\"ok\":true}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Review\",\"status\":{\"ok\":true}} {}"
      })
  void takesNothingElseForAReview(String body) {
    server.reply(StubReply.json(200, body));

    Answer<ObjectNode> asked = new Reviewer(client(Retry.TRANSIENT), LONG, LONG).ask(review());

    assertEquals(WebhookException.Kind.ERROR, failure(asked).kind());
  }

  @Test
  void answersTheStatusOfTheReview() throws Exception {
    server.reply(
        StubReply.json(
            200, "{\"apiVersion\":\"v1\",\"kind\":\"Review\",\"status\":{\"ok\":true}}"));

    Answer<ObjectNode> asked = new Reviewer(client(Retry.TRANSIENT), LONG, LONG).ask(review());

    assertTrue(wait(asked).path("ok").asBoolean());
    assertEquals(review().toString(), server.requests().get(0).text());
  }

  private static ObjectNode review() {
    return JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Review");
  }

  private WebhookClient client(Retry retry) {
    return new WebhookClient(connector, Watched.fixed(target(server)), QUICK, retry);
  }

  private static WebhookTarget target(StubServer server) {
    return new WebhookTarget(
        server.url("/hook"), TlsPeer.of(List.of(CA.certificate())), Optional.empty());
  }

  private static Answer<HttpsReply> post(WebhookClient client, Duration perCall, Duration whole) {
    return client.post("{}".getBytes(UTF_8), perCall, whole);
  }

  private void pause() {
    try {
      assertTrue(released.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T wait(Answer<T> answer) throws Exception {
    return answer.toStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static WebhookException failure(Answer<?> answer) {
    ExecutionException failure = assertThrows(ExecutionException.class, () -> wait(answer));
    return assertInstanceOf(WebhookException.class, failure.getCause());
  }
}
