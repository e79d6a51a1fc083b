package dev.sallyport.webhook.https;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.webhook.CallException;
import dev.sallyport.webhook.CallException.Kind;
import dev.sallyport.webhook.HttpsCall;
import dev.sallyport.webhook.HttpsClient;
import dev.sallyport.webhook.HttpsReply;
import dev.sallyport.webhook.HttpsRequest;
import dev.sallyport.webhook.Secret;
import dev.sallyport.webhook.TlsPeer;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bounds, reuse and cancellation; what TLS demands is in {@link ClientTlsTest}. */
class NettyClientTest {

  private static final CertificateAuthority CA = StubServer.authority("ca");
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final NettyConnector connector = new NettyConnector();
  private final HttpsClient client = connector.client(TlsPeer.of(List.of(CA.certificate())));
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

  @Test
  void sendsAndReceivesWholeDocuments() throws Exception {
    server.reply(StubReply.json(201, "{\"a\":\"ü\"}"));

    HttpsReply reply =
        wait(
            client.send(
                HttpsRequest.postJson(
                    server.url("/hook?x=1"),
                    Optional.of(new Secret("Bearer abc")),
                    "{\"q\":1}".getBytes(UTF_8),
                    LONG,
                    1000)));

    assertEquals(201, reply.status());
    assertEquals("application/json", reply.header("content-type"));
    assertArrayEquals("{\"a\":\"ü\"}".getBytes(UTF_8), reply.body());
    assertEquals("POST /hook?x=1 HTTP/1.1", server.requests().get(0).line());
    assertEquals("{\"q\":1}", server.requests().get(0).text());
    String head = server.requests().get(0).head().toLowerCase(java.util.Locale.ROOT);
    assertTrue(head.contains("host: localhost:" + server.port()), head);
    assertTrue(head.contains("authorization: bearer abc"), head);
  }

  @Test
  void readsChunkedAnswers() throws Exception {
    server.reply(
        StubReply.raw(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"));

    assertEquals("abc", new String(wait(get(LONG, 10)).body(), UTF_8));
  }

  @Test
  void skipsInterimAnswers() throws Exception {
    server.reply(
        StubReply.raw(
            "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"));

    assertEquals("x", new String(wait(get(LONG, 10)).body(), UTF_8));
  }

  @Test
  void neverFollowsRedirects() throws Exception {
    server.reply(
        StubReply.raw(
            "HTTP/1.1 302 Found\r\nLocation: "
                + server.url("/elsewhere")
                + "\r\nContent-Length: 0\r\n\r\n"));

    assertEquals(302, wait(get(LONG, 10)).status());
    assertEquals(1, server.requests().size());
  }

  @Test
  void keepsConnections() throws Exception {
    for (int i = 0; i < 5; i++) {
      wait(get(LONG, 10));
    }

    assertEquals(1, server.connections());
  }

  @Test
  void opensNewConnectionAfterKeptOnesWereClosed() throws Exception {
    wait(get(LONG, 10));
    server.hangUp();

    assertEquals(200, wait(get(LONG, 10)).status());
    assertEquals(2, server.connections());
  }

  @Test
  void repeatsCallOfAKeptConnectionOnce() throws Exception {
    wait(get(LONG, 10));
    server.reply(
        (request, out) -> {
          throw new IOException("closes without an answer");
        });

    assertEquals(Kind.BROKEN, failure(get(LONG, 10)));
    assertEquals(3, server.requests().size());
  }

  @Test
  void neverRepeatsCallOfANewConnection() {
    server.reply(
        (request, out) -> {
          throw new IOException("closes without an answer");
        });

    assertEquals(Kind.BROKEN, failure(get(LONG, 10)));
    assertEquals(1, server.requests().size());
  }

  @Test
  void doesNotKeepConnectionThatSaysMoreThanItsAnswer() throws Exception {
    server.reply(
        StubReply.raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n\r\n"));

    assertEquals("x", new String(wait(get(LONG, 10)).body(), UTF_8));
    server.reply(StubReply.json(200, "y"));
    assertEquals("y", new String(wait(get(LONG, 10)).body(), UTF_8));
  }

  @Test
  void refusesAnnouncedBodyAboveTheLimit() {
    server.reply(StubReply.json(200, "12345678901"));

    assertEquals(Kind.TOO_LARGE, failure(get(LONG, 10)));
  }

  @Test
  void refusesBodyThatGrowsAboveTheLimit() {
    server.reply(
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
          byte[] chunk = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(UTF_8);
          for (int i = 0; i < 3200; i++) { // 50 MiB, if anybody takes them
            out.write(chunk);
          }
        });

    assertEquals(Kind.TOO_LARGE, failure(get(LONG, 1 << 20)));
  }

  @Test
  void abandonsServerThatNeverAnswers() {
    server.reply((request, out) -> pause());

    assertEquals(Kind.TIMED_OUT, failure(get(SHORT, 10)));
  }

  @Test
  void abandonsAnswerThatComesByteByByte() {
    server.reply(
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx".getBytes(UTF_8));
          out.flush();
          pause();
        });

    assertEquals(Kind.TIMED_OUT, failure(get(SHORT, 1000)));
  }

  @Test
  void refusesWhatIsNoHttp() {
    server.reply(StubReply.raw("SSH-2.0-OpenSSH_9.9\r\n\r\n"));

    assertEquals(Kind.MALFORMED, failure(get(LONG, 10)));
  }

  @Test
  void refusesEndlessHeaders() {
    server.reply(StubReply.raw("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n"));

    assertEquals(Kind.MALFORMED, failure(get(LONG, 10)));
  }

  @Test
  void refusesHalfAnAnswer() {
    server.reply(
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(UTF_8));
          out.flush();
          throw new IOException("closes");
        });

    assertEquals(Kind.BROKEN, failure(get(LONG, 1000)));
  }

  @Test
  void tellsRefusedConnections() throws Exception {
    URI gone = server.url("/");
    server.close();

    assertEquals(Kind.UNREACHABLE, failure(client.send(HttpsRequest.get(gone, LONG, 10))));
  }

  @Test
  void tellsUnknownHosts() {
    URI unknown = URI.create("https://no-such-host.invalid/");

    assertEquals(Kind.UNREACHABLE, failure(client.send(HttpsRequest.get(unknown, LONG, 10))));
  }

  @Test
  void neverShowsTheCredentialInAFailure() {
    HttpsCall call =
        client.send(
            HttpsRequest.postJson(
                server.url("/"),
                Optional.of(new Secret("Bearer tip\ntop")),
                new byte[0],
                LONG,
                10));

    CallException failure = failureOf(call);

    assertEquals(Kind.MALFORMED, failure.kind());
    for (Throwable each = failure; each != null; each = each.getCause()) {
      assertFalse(each.toString().contains("tip"), each.toString());
    }
  }

  @Test
  void endsCancelledCall() {
    CountDownLatch asked = new CountDownLatch(1);
    server.reply(
        (request, out) -> {
          asked.countDown();
          pause();
        });
    HttpsCall call = get(LONG, 10);
    await(asked);

    call.cancel();

    assertEquals(Kind.CANCELLED, failure(call));
  }

  @Test
  void queuesCallsAboveTheNumberOfConnections() throws Exception {
    server.reply(
        (request, out) -> {
          pause();
          StubReply.whole(out, 200, "application/json", "{}");
        });
    List<HttpsCall> calls = new ArrayList<>();
    for (int i = 0; i < ConnectionPool.MAX_CONNECTIONS + 10; i++) {
      calls.add(get(LONG, 10));
    }

    released.countDown();
    for (HttpsCall call : calls) {
      assertEquals(200, wait(call).status());
    }
    assertTrue(server.connections() <= ConnectionPool.MAX_CONNECTIONS);
  }

  @Test
  void refusesCallsThatNobodyCouldServe() {
    server.reply((request, out) -> pause());
    List<HttpsCall> calls = new ArrayList<>();
    int room = ConnectionPool.MAX_CONNECTIONS + ConnectionPool.MAX_WAITING;
    for (int i = 0; i < room; i++) {
      calls.add(get(LONG, 10));
    }

    assertEquals(Kind.OVERLOADED, failure(get(LONG, 10)));
    calls.forEach(HttpsCall::cancel);
  }

  @Test
  void endsEveryCallWhenTheServerStops() {
    CountDownLatch asked = new CountDownLatch(1);
    server.reply(
        (request, out) -> {
          asked.countDown();
          pause();
        });
    HttpsCall call = get(LONG, 10);
    await(asked);

    connector.close();

    assertEquals(Kind.CANCELLED, failure(call));
    assertEquals(Kind.CANCELLED, failure(get(LONG, 10)));
  }

  @Test
  void replacedClientEndsWhatIsUnderWay() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    server.reply(
        (request, out) -> {
          asked.countDown();
          pause();
          StubReply.whole(out, 200, "application/json", "{}");
        });
    HttpsCall call = get(LONG, 10);
    await(asked);

    client.close();
    released.countDown();

    assertEquals(200, wait(call).status());
    assertEquals(Kind.CANCELLED, failure(get(LONG, 10)));
  }

  private HttpsCall get(Duration deadline, int limit) {
    return client.send(HttpsRequest.get(server.url("/"), deadline, limit));
  }

  private void pause() {
    await(released);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpsReply wait(HttpsCall call)
      throws InterruptedException, ExecutionException, TimeoutException {
    return call.answer().toStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static Kind failure(HttpsCall call) {
    return failureOf(call).kind();
  }

  private static CallException failureOf(HttpsCall call) {
    ExecutionException failure = assertThrows(ExecutionException.class, () -> wait(call));
    return assertInstanceOf(CallException.class, failure.getCause());
  }
}
