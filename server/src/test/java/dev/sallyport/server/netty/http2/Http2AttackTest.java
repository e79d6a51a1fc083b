package dev.sallyport.server.netty.http2;

import static dev.sallyport.server.netty.http2.H2Client.END_HEADERS;
import static dev.sallyport.server.netty.http2.H2Client.END_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.ENHANCE_YOUR_CALM;
import static dev.sallyport.server.netty.http2.H2Client.PROTOCOL_ERROR;
import static dev.sallyport.server.netty.http2.H2Client.int32;
import static dev.sallyport.server.netty.http2.H2Client.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.netty.TestServer;
import dev.sallyport.server.netty.exchange.HttpLimits;
import dev.sallyport.server.netty.http2.H2Client.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 as attackers speak it. The numbers are those of the project's list of attacks. */
final class Http2AttackTest {

  private static final AtomicInteger completed = new AtomicInteger();
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(Http2AttackTest::handle);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Answer<Response> handle(Request request) {
    if (request.path().equals("/never")) {
      return Answer.later(new CompletableFuture<>());
    }
    return request
        .body()
        .read(3 << 20)
        .map(
            body -> {
              completed.incrementAndGet();
              return TestServer.text(200, "ok\n");
            });
  }

  private static H2Client connect(int... settings) throws Exception {
    return new H2Client(server.port(), settings);
  }

  /** Sends until the server has had enough. */
  private static int flood(H2Client client, int frames, FrameSource source) throws Exception {
    try {
      for (int i = 0; i < frames; i++) {
        source.add(client, i);
        if (i % 100 == 99) {
          client.flush();
        }
      }
      client.flush();
    } catch (IOException closedAlready) {
      // the answer is still to be read
    }
    return client.awaitGoAway();
  }

  private interface FrameSource {
    void add(H2Client client, int index);
  }

  @Test
  void answers() throws Exception {
    try (H2Client client = connect()) {
      client.get(1, "/a").flush();
      client.await(H2Client.HEADERS, 1);
      assertEquals("ok\n", client.await(H2Client.DATA, 1).text());
    }
  }

  @Test
  void case25RapidResetEndsTheConnection() throws Exception {
    try (H2Client client = connect()) {
      int code =
          flood(
              client,
              10_000,
              (to, i) ->
                  to.get(2 * i + 1, "/never").frame(H2Client.RST_STREAM, 0, 2 * i + 1, int32(8)));
      assertEquals(ENHANCE_YOUR_CALM, code);
    }
  }

  @Test
  void case26ProvokedResetsEndTheConnection() throws Exception {
    try (H2Client client = connect()) {
      int code =
          flood(
              client,
              1000,
              (to, i) ->
                  to.get(2 * i + 1, "/never")
                      .frame(H2Client.WINDOW_UPDATE, 0, 2 * i + 1, int32(0)));
      assertEquals(ENHANCE_YOUR_CALM, code);
    }
  }

  @Test
  void case26OverflownWindowsEndTheConnection() throws Exception {
    byte[] most = int32(Integer.MAX_VALUE);
    try (H2Client client = connect()) {
      int code =
          flood(
              client,
              1000,
              (to, i) ->
                  to.get(2 * i + 1, "/never").frame(H2Client.WINDOW_UPDATE, 0, 2 * i + 1, most));
      assertEquals(ENHANCE_YOUR_CALM, code);
    }
  }

  @Test
  void case33RequestsWithEmptyNamesEndTheConnection() throws Exception {
    try (H2Client client = connect()) {
      int code =
          flood(
              client, 10_000, (to, i) -> to.headers(2 * i + 1, true, request("GET", "/a", "", "")));
      assertEquals(ENHANCE_YOUR_CALM, code);
    }
  }

  @Test
  void case28EndlessContinuationIsCutOff() throws Exception {
    try (H2Client client = connect()) {
      byte[] piece = H2Client.block("x-pad", "p".repeat(10_000));
      client.frame(H2Client.HEADERS, END_STREAM, 1, H2Client.block(request("GET", "/a")));
      int code = flood(client, 1000, (to, i) -> to.frame(H2Client.CONTINUATION, 0, 1, piece));
      assertTrue(code == ENHANCE_YOUR_CALM || code == PROTOCOL_ERROR, "code " + code);
    }
  }

  @Test
  void case28TinyContinuationsAreCutOff() throws Exception {
    try (H2Client client = connect()) {
      client.frame(H2Client.HEADERS, END_STREAM, 1, H2Client.block(request("GET", "/a")));
      assertEquals(
          ENHANCE_YOUR_CALM,
          flood(client, 10_000, (to, i) -> to.frame(H2Client.CONTINUATION, 0, 1, new byte[0])));
    }
  }

  @Test
  void case30HeaderBombIsRefused() throws Exception {
    try (H2Client client = connect()) {
      // One entry of nearly 4 KiB goes into the table and is then named 16,000 times.
      byte[] entry = H2Client.block("x", "y".repeat(3900));
      entry[0] = 0x40;
      client.frame(
          H2Client.HEADERS, END_HEADERS | END_STREAM, 1, join(request("GET", "/a"), entry));
      client.flush();
      client.await(H2Client.HEADERS, 1);
      byte[] bomb = new byte[16_000];
      Arrays.fill(bomb, (byte) (0x80 | 62));
      client.frame(H2Client.HEADERS, END_HEADERS | END_STREAM, 3, bomb).flush();
      Frame end =
          client.await(
              frame ->
                  frame.type() == H2Client.GOAWAY
                      || frame.stream() == 3
                          && (frame.type() == H2Client.HEADERS
                              || frame.type() == H2Client.RST_STREAM));
      assertTrue(end.type() != H2Client.HEADERS || end.ends(), "served");
    }
  }

  private static byte[] join(String[] request, byte[] more) {
    byte[] first = H2Client.block(request);
    byte[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  static Stream<Arguments> floods() {
    return Stream.of(
        Arguments.of(
            "33 PING", (FrameSource) (to, i) -> to.frame(H2Client.PING, 0, 0, new byte[8])),
        Arguments.of(
            "33 SETTINGS", (FrameSource) (to, i) -> to.frame(H2Client.SETTINGS, 0, 0, new byte[0])),
        Arguments.of(
            "33 PRIORITY",
            (FrameSource)
                (to, i) -> to.frame(H2Client.PRIORITY, 0, 1, new byte[] {0, 0, 0, 3, 1})));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("floods")
  void case33FloodsEndTheConnection(String what, FrameSource source) throws Exception {
    try (H2Client client = connect()) {
      client.get(1, "/never").flush();
      assertEquals(ENHANCE_YOUR_CALM, flood(client, 10_000, source), what);
    }
  }

  @Test
  void case33EmptyDataFloodEndsTheConnection() throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, false, request("POST", "/a"));
      assertEquals(
          ENHANCE_YOUR_CALM,
          flood(client, 1000, (to, i) -> to.frame(H2Client.DATA, 0, 1, new byte[0])));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void case34StalledWindowEndsTheStream(int window) throws Exception {
    HttpLimits limits =
        new HttpLimits(
            1 << 20,
            1000,
            1 << 18,
            100,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            1 << 18);
    byte[] large = new byte[5 << 20];
    try (TestServer impatient =
            TestServer.start(
                limits,
                Duration.ofSeconds(10),
                request ->
                    Answer.now(
                        TestServer.text(
                            200, new String(large, java.nio.charset.StandardCharsets.US_ASCII))));
        H2Client client = new H2Client(impatient.port(), 4, window)) {
      client.get(1, "/list").flush();
      Frame reset = client.await(H2Client.RST_STREAM, 1);
      assertEquals(8, reset.code());
    }
  }

  @Test
  void case35StreamBeyondTheLimitIsRefused() throws Exception {
    try (H2Client client = connect()) {
      Frame settings = client.await(H2Client.SETTINGS, 0);
      assertTrue(settings.text().contains("\u0000\u0003\u0000\u0000\u0000\u0064"), "100 streams");
      for (int i = 0; i < 101; i++) {
        client.get(2 * i + 1, "/never");
      }
      client.flush();
      assertEquals(H2Client.REFUSED_STREAM, client.await(H2Client.RST_STREAM, 201).code());
    }
  }

  /** A request one of whose texts is another. */
  private static String[] with(int index, String text) {
    String[] lines = request("GET", "/a");
    lines[index] = text;
    return lines;
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("37 upper-case name", request("GET", "/a", "Accept", "x")),
        Arguments.of("37 connection", request("GET", "/a", "connection", "close")),
        Arguments.of("37 keep-alive", request("GET", "/a", "keep-alive", "1")),
        Arguments.of("37 proxy-connection", request("GET", "/a", "proxy-connection", "x")),
        Arguments.of("37 upgrade", request("GET", "/a", "upgrade", "websocket")),
        Arguments.of("37 transfer-encoding", request("GET", "/a", "transfer-encoding", "chunked")),
        Arguments.of("37 te", request("GET", "/a", "te", "gzip")),
        Arguments.of("38 CR LF in a value", request("GET", "/a", "x", "a\r\nb: c")),
        Arguments.of("38 NUL in a value", request("GET", "/a", "x", "a\u0000b")),
        Arguments.of("38 colon in a name", request("GET", "/a", "x:y", "a")),
        Arguments.of("38 LF in a name", request("GET", "/a", "x\ny", "a")),
        Arguments.of("38 CR LF in the path", request("GET", "/a HTTP/1.1\r\nx: y")),
        Arguments.of("38 empty name", request("GET", "/a", "", "a")),
        Arguments.of("39 length without body", request("GET", "/a", "content-length", "5")),
        Arguments.of("37 te twice", request("GET", "/a", "te", "trailers, gzip")),
        Arguments.of("38 DEL in a value", request("GET", "/a", "x", "a\u007fb")),
        Arguments.of("38 CR in the method", request("GET\r", "/a")),
        Arguments.of("38 blank in the path", request("GET", "/a b")),
        Arguments.of("38 CR LF in the authority", with(5, "a\r\nx: y")),
        Arguments.of("38 LF in the scheme", with(3, "https\nx: y")),
        Arguments.of(
            "39 two lengths", request("GET", "/a", "content-length", "0", "content-length", "1")),
        Arguments.of("39 a sign", request("GET", "/a", "content-length", "+0")),
        Arguments.of("39 no number", request("GET", "/a", "content-length", "0x0")),
        Arguments.of("41 path twice", request("GET", "/a", ":path", "/b")),
        Arguments.of("41 method twice", request("GET", "/a", ":method", "PUT")),
        Arguments.of("41 scheme twice", request("GET", "/a", ":scheme", "http")),
        Arguments.of("41 authority twice", request("GET", "/a", ":authority", "b")),
        Arguments.of("41 unknown", request("GET", "/a", ":proxy", "b")),
        Arguments.of("41 status", request("GET", "/a", ":status", "200")),
        Arguments.of("48 extended CONNECT", request("CONNECT", "/a", ":protocol", "websocket")),
        Arguments.of(
            "41 no path", new String[] {":method", "GET", ":scheme", "https", ":authority", "a"}),
        Arguments.of(
            "41 no method", new String[] {":path", "/a", ":scheme", "https", ":authority", "a"}),
        Arguments.of(
            "41 no scheme", new String[] {":method", "GET", ":path", "/a", ":authority", "a"}),
        Arguments.of(
            "41 empty path",
            new String[] {":method", "GET", ":path", "", ":scheme", "https", ":authority", "a"}),
        Arguments.of(
            "41 pseudo header last",
            new String[] {
              ":method", "GET", ":scheme", "https", ":authority", "a", "x", "y", ":path", "/a"
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void case37To48MalformedRequestsAreProtocolErrors(String what, String[] lines) throws Exception {
    int before = completed.get();
    try (H2Client client = connect()) {
      client.headers(1, true, lines).flush();
      Frame end =
          client.await(
              frame -> frame.type() == H2Client.RST_STREAM || frame.type() == H2Client.GOAWAY);
      assertEquals(PROTOCOL_ERROR, end.code(), what);
    }
    assertEquals(before, completed.get(), what);
  }

  @Test
  void case39BodyLongerOrShorterThanDeclared() throws Exception {
    for (int sent : new int[] {4, 6}) {
      int before = completed.get();
      try (H2Client client = connect()) {
        client.headers(1, false, request("POST", "/a", "content-length", "5"));
        client.frame(H2Client.DATA, END_STREAM, 1, new byte[sent]).flush();
        assertEquals(PROTOCOL_ERROR, client.await(H2Client.RST_STREAM, 1).code());
      }
      assertEquals(before, completed.get());
    }
  }

  @Test
  void case41PseudoHeaderAmongTrailers() throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, false, request("POST", "/a"));
      client.frame(H2Client.DATA, 0, 1, new byte[3]);
      client.headers(1, true, ":path", "/b").flush();
      assertEquals(PROTOCOL_ERROR, client.await(H2Client.RST_STREAM, 1).code());
    }
  }

  @Test
  void trailersAreDropped() throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, false, request("POST", "/a"));
      client.frame(H2Client.DATA, 0, 1, new byte[3]);
      client.headers(1, true, "x-remote-user", "admin").flush();
      assertEquals("ok\n", client.await(H2Client.DATA, 1).text());
    }
  }

  @Test
  void case42OtherHostIsRefused() throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, true, request("GET", "/a", "host", "other")).flush();
      client.await(H2Client.HEADERS, 1);
      assertTrue(client.await(H2Client.DATA, 1).text().contains("\"code\":400"));
    }
  }

  @Test
  void case44FramesOnIdleAndEvenStreams() throws Exception {
    try (H2Client client = connect()) {
      client.frame(H2Client.DATA, 0, 5, new byte[1]).flush();
      assertEquals(PROTOCOL_ERROR, client.awaitGoAway());
    }
    try (H2Client client = connect()) {
      client.get(2, "/a").flush();
      assertEquals(PROTOCOL_ERROR, client.awaitGoAway());
    }
  }

  @Test
  void case153BodyBeyondTheLimitIs413() throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, false, request("POST", "/a", "content-length", "4194304")).flush();
      client.await(H2Client.HEADERS, 1);
      assertTrue(client.await(H2Client.DATA, 1).text().contains("limit is 3145728"));
      assertEquals(0, client.await(H2Client.RST_STREAM, 1).code());
    }
  }

  @Test
  void case187RunningStreamsEndBeforeTheConnectionDoes() throws Exception {
    CompletableFuture<Response> late = new CompletableFuture<>();
    CountDownLatch arrived = new CountDownLatch(1);
    TestServer stopping =
        TestServer.start(
            request -> {
              arrived.countDown();
              return Answer.later(late);
            });
    try (H2Client client = new H2Client(stopping.port())) {
      client.get(1, "/slow").flush();
      assertTrue(arrived.await(20, TimeUnit.SECONDS));
      CompletableFuture<Void> stopped =
          stopping.listener().shutdown(Duration.ofSeconds(20)).toCompletableFuture();
      assertEquals(0, client.awaitGoAway());
      late.complete(TestServer.text(200, "done"));
      assertEquals("done", client.await(H2Client.DATA, 1).text());
      client.awaitClose();
      stopped.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void case47AnswerThenGoAway() throws Exception {
    try (TestServer strict =
            TestServer.start(
                request -> {
                  request.connection().closeGracefully();
                  return Answer.now(TestServer.text(401, "no"));
                });
        H2Client client = new H2Client(strict.port())) {
      client.get(1, "/a").flush();
      List<Integer> types = new ArrayList<>();
      try {
        while (true) {
          Frame frame = client.read();
          types.add(frame.type());
        }
      } catch (IOException closed) {
        assertTrue(types.contains(H2Client.HEADERS), "answered");
        assertTrue(types.contains(H2Client.DATA), "answered");
        assertTrue(types.contains(H2Client.GOAWAY), "sent away");
      }
    }
  }

  @Test
  void idleConnectionsAreSentAway() throws Exception {
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
    try (TestServer impatient = TestServer.start(limits, Duration.ofSeconds(10), TestServer::echo);
        H2Client client = new H2Client(impatient.port())) {
      assertEquals(0, client.awaitGoAway());
      client.awaitClose();
    }
  }
}
