package dev.sallyport.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.http.ResponseStream;
import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.TestServer;
import dev.sallyport.server.netty.exchange.HttpLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ordinary and unlucky exchanges over a real connection. */
final class Http1ExchangeTest {

  private static final String HOST = "Host: sallyport\r\n";
  private static final CompletableFuture<Response> late = new CompletableFuture<>();
  private static final CountDownLatch aborted = new CountDownLatch(1);
  private static final CountDownLatch watching = new CountDownLatch(1);
  private static final CountDownLatch watchClosed = new CountDownLatch(1);
  private static final AtomicReference<ResponseStream> watch = new AtomicReference<>();
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(Http1ExchangeTest::handle);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Answer<Response> handle(Request request) {
    return switch (request.path()) {
      case "/deny" -> Answer.now(TestServer.text(401, "no\n"));
      case "/late" -> Answer.later(late);
      case "/throw" -> throw new StackOverflowError();
      case "/fail" -> Answer.failed(new IllegalStateException("secret"));
      case "/empty" -> Answer.now(TestServer.text(204, ""));
      case "/inject" ->
          Answer.now(
              new Response.Buffered(
                  200,
                  new ResponseHeaders().add("warning", "a\r\nX-Evil: 1"),
                  java.util.List.of()));
      case "/watch" -> {
        request.onAbort(aborted::countDown);
        yield Answer.now(
            new Response.Streamed(
                200,
                new ResponseHeaders(),
                -1,
                stream -> {
                  stream.onClosed(watchClosed::countDown);
                  watch.set(stream);
                  watching.countDown();
                }));
      }
      case "/break" -> streamed(10, stream -> stream.abort(null));
      case "/short" -> streamed(10, ResponseStream::end);
      case "/stream" -> streamed(-1, Http1ExchangeTest::threePieces);
      default -> TestServer.echo(request);
    };
  }

  private static void threePieces(ResponseStream stream) {
    for (int i = 0; i < 3; i++) {
      byte[] piece = ("piece" + i).getBytes(StandardCharsets.UTF_8);
      stream.write(piece, 0, piece.length);
    }
    stream.end();
  }

  private static Answer<Response> streamed(long length, Response.StreamWriter writer) {
    return Answer.now(new Response.Streamed(200, new ResponseHeaders(), length, writer));
  }

  private static String ask(String request) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      return client.send(request).untilClosed();
    }
  }

  private static String get(String path) throws Exception {
    return ask("GET " + path + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
  }

  @Test
  void answersAndCloses() throws Exception {
    String answer = get("/a?b=c");
    assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
    assertTrue(answer.contains("\r\nContent-Type: text/plain\r\n"), answer);
    assertTrue(answer.contains("\r\nContent-Length: 8\r\n"), answer);
    assertTrue(answer.contains("\r\nDate: "), answer);
    assertTrue(answer.endsWith("GET /a \n"), answer);
  }

  @Test
  void http10ClosesUnlessAskedNotTo() throws Exception {
    assertTrue(ask("GET /a HTTP/1.0\r\n\r\n").startsWith("HTTP/1.0 200 OK\r\n"));
    try (RawClient client = new RawClient(server.port())) {
      String request = "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
      assertTrue(client.send(request).until("GET /a \n").contains("Connection: keep-alive"));
      client.send(request).until("GET /a \n");
    }
  }

  @Test
  void headHasNoBodyButItsLength() throws Exception {
    String answer = ask("HEAD /a HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
    assertTrue(answer.contains("Content-Length: 9\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @Test
  void noContentHasNoLength() throws Exception {
    assertFalse(get("/empty").contains("Content-Length"));
  }

  @Test
  void streamsInChunks() throws Exception {
    String answer = get("/stream");
    assertTrue(answer.contains("Transfer-Encoding: chunked\r\n"), answer);
    assertTrue(
        answer.endsWith("\r\n\r\n6\r\npiece0\r\n6\r\npiece1\r\n6\r\npiece2\r\n0\r\n\r\n"), answer);
  }

  @Test
  void valuesCannotStartLines() throws Exception {
    assertTrue(get("/inject").contains("\r\nWarning: a  X-Evil: 1\r\n"));
  }

  @Test
  void case186BrokenHandlerCostsItsOwnRequest() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /throw HTTP/1.1\r\n" + HOST + "\r\n");
      String answer = client.until("\"code\":500}\n");
      assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
      client.send("GET /a HTTP/1.1\r\n" + HOST + "\r\n").until("GET /a \n");
    }
  }

  @Test
  void failuresDoNotTellTheirReason() throws Exception {
    String answer = get("/fail");
    assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
    assertFalse(answer.contains("secret"), answer);
  }

  @Test
  void lateAnswersComeFromAnyThread() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(
          "GET /late HTTP/1.1\r\n" + HOST + "\r\n" + "GET /next HTTP/1.1\r\n" + HOST + "\r\n");
      Thread completer = new Thread(() -> late.complete(TestServer.text(200, "late\n")));
      completer.start();
      client.until("late\n");
      client.until("GET /next \n");
      completer.join();
    }
  }

  @Test
  void case21ContinueIsSentWhenTheBodyIsRead() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(
          "POST /a HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      client.until("HTTP/1.1 100 Continue\r\n\r\n");
      client.send("abc").until("POST /a abc\n");
    }
  }

  @Test
  void case21RefusedBodyIsNeverAskedFor() throws Exception {
    String head = "Expect: 100-continue\r\nContent-Length: 4194304\r\n\r\n";
    String denied = ask("POST /deny HTTP/1.1\r\n" + HOST + head);
    assertTrue(denied.startsWith("HTTP/1.1 401 "), denied);
    assertTrue(denied.contains("Connection: close"), denied);
    String large = ask("POST /a HTTP/1.1\r\n" + HOST + head);
    assertTrue(large.startsWith("HTTP/1.1 413 "), large);
    assertTrue(large.contains("Request entity too large: limit is 3145728"), large);
  }

  @Test
  void case22TailOfARefusedBodyIsNoRequest() throws Exception {
    String tail = "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n";
    int length = 3 << 20;
    String answer =
        ask(
            "POST /deny HTTP/1.1\r\n"
                + HOST
                + "Content-Length: "
                + length
                + "\r\n\r\n"
                + "x".repeat(length - tail.length())
                + tail);
    assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
    assertFalse(answer.contains("smuggled"), answer);
  }

  @Test
  void smallLeftoverIsDrainedAndTheConnectionKept() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send("POST /deny HTTP/1.1\r\n" + HOST + "Content-Length: 1000\r\n\r\n");
      client.until("no\n");
      client.send("x".repeat(1000) + "GET /next HTTP/1.1\r\n" + HOST + "\r\n");
      client.until("GET /next \n");
    }
  }

  @Test
  void case153ChunkedBodyBeyondTheLimitIs413() throws Exception {
    String chunk = "100000\r\n" + "x".repeat(1 << 20) + "\r\n";
    String answer =
        ask(
            "POST /a HTTP/1.1\r\n"
                + HOST
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(8)
                + "1\r\nx\r\n0\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
  }

  @Test
  void case168BrokenResponseIsSeenAsBroken() throws Exception {
    assertFalse(get("/break").endsWith("0\r\n\r\n"));
    assertFalse(get("/short").contains("0123456789"));
  }

  @Test
  void watchEndsWhenTheClientGoes() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /watch HTTP/1.1\r\n" + HOST + "\r\n").until("\r\n\r\n");
      assertTrue(watching.await(10, TimeUnit.SECONDS));
      ResponseStream stream = Objects.requireNonNull(watch.get());
      stream
          .loop()
          .execute(
              () -> {
                stream.write("event\n".getBytes(StandardCharsets.UTF_8), 0, 6);
                stream.flush();
              });
      client.until("6\r\nevent\n\r\n");
    }
    assertTrue(aborted.await(10, TimeUnit.SECONDS));
    assertTrue(watchClosed.await(10, TimeUnit.SECONDS));
  }

  @Test
  void case182SlowHeadersAreCutOff() throws Exception {
    HttpLimits limits =
        new HttpLimits(
            1 << 20,
            1000,
            1 << 18,
            100,
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            1 << 18);
    try (TestServer impatient =
        TestServer.start(limits, Duration.ofSeconds(10), TestServer::echo)) {
      try (RawClient client = new RawClient(impatient.port())) {
        assertEquals("", client.send("GET / HT").untilClosed());
      }
      try (RawClient client = new RawClient(impatient.port())) {
        assertEquals("", client.untilClosed());
      }
      try (RawClient client = new RawClient(impatient.port())) {
        client.send("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 10\r\n\r\nx");
        assertTrue(client.untilClosed().startsWith("HTTP/1.1 504 "));
      }
    }
  }
}
