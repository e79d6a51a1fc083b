package dev.sallyport.proxy.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Headers;
import dev.sallyport.api.UserInfo;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamException.Kind;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.connect.Connector;
import dev.sallyport.proxy.connect.Destination;
import dev.sallyport.proxy.headers.IdentityHeaders;
import dev.sallyport.proxy.headers.RequestHeaders;
import dev.sallyport.proxy.http2.H2Backend.Frame;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Http2UpstreamTest {

  private static final MultiThreadIoEventLoopGroup GROUP =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private static final EventLoop LOOP = GROUP.next();

  private @Nullable H2Backend backend;
  private @Nullable Upstream upstream;

  @AfterAll
  static void stop() throws Exception {
    GROUP.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  @AfterEach
  void end() throws Exception {
    if (upstream != null) {
      upstream.close();
    }
    if (backend != null) {
      backend.close();
      assertNull(backend.failure.get());
    }
  }

  private H2Backend serve(H2Backend.Script script) throws Exception {
    H2Backend started = new H2Backend(script);
    backend = started;
    Connector connector =
        new Connector(
            new Destination.Port("127.0.0.1", started.port()), null, ByteBufAllocator.DEFAULT);
    upstream =
        new Http2Upstream(
            connector,
            "/base/",
            new RequestHeaders("backend.test:80", IdentityHeaders.NONE, () -> "Bearer ours"));
    return started;
  }

  private UpstreamExchange open(UpstreamRequest request, Heard heard) throws Exception {
    Upstream to = upstream;
    assertTrue(to != null);
    return LOOP.submit(() -> to.open(LOOP, request, heard)).get(20, TimeUnit.SECONDS);
  }

  private Heard get(String path) throws Exception {
    Heard heard = new Heard();
    open(request("GET", path, 0), heard);
    return heard;
  }

  private static UpstreamRequest request(String method, String path, long length, String... lines) {
    return new UpstreamRequest(
        method,
        path,
        new Lines(List.of(lines)),
        "front.test",
        "10.0.0.9",
        "2.0",
        UserInfo.of("ann"),
        length,
        "");
  }

  private static void on(ThrowingAction action) throws Exception {
    LOOP.submit(
            () -> {
              action.run();
              return null;
            })
        .get(20, TimeUnit.SECONDS);
  }

  private interface ThrowingAction {
    void run() throws Exception;
  }

  private static io.netty.buffer.ByteBuf piece(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }

  @Test
  void passesRequestAndAnswerWithTrailersBothWays() throws Exception {
    CompletableFuture<List<String>> seen = new CompletableFuture<>();
    CompletableFuture<List<String>> seenTrailers = new CompletableFuture<>();
    serve(
        to -> {
          to.greet();
          Frame head = to.await(H2Backend.HEADERS);
          seen.complete(to.fields(head));
          assertEquals("hello", new String(to.await(H2Backend.DATA).payload(), "UTF-8"));
          Frame trailers = to.await(H2Backend.HEADERS);
          assertTrue(trailers.ends());
          seenTrailers.complete(to.fields(trailers));
          to.headers(3, false, ":status", "200", "content-type", "application/grpc", "date", "x");
          to.data(3, false, "wor").data(3, false, "ld");
          to.headers(3, true, "grpc-status", "0").drain();
        });
    Heard heard = new Heard();
    UpstreamExchange exchange =
        open(
            request(
                "POST", "/a%2fb?x=1", -1, "TE", "trailers", "X-Own", "jürgen", "Connection", "TE"),
            heard);
    assertTrue(heard.ready.await(20, TimeUnit.SECONDS));
    on(
        () -> {
          exchange.write(piece("hello"));
          exchange.end(List.of("x-sum", "1"));
        });
    assertEquals(List.of("grpc-status", "0"), heard.whole());
    assertEquals("world", heard.body());
    assertEquals(200, heard.head.get().status());
    assertEquals(List.of("content-type", "application/grpc"), heard.head.get().lines());
    assertEquals(-1, heard.head.get().length());
    List<String> head = seen.get(20, TimeUnit.SECONDS);
    assertEquals(
        List.of(":method: POST", ":path: /base/a%2fb?x=1", ":scheme: http"),
        head.stream()
            .filter(line -> line.startsWith(":") && !line.contains("auth"))
            .sorted()
            .toList());
    assertTrue(head.contains(":authority: backend.test:80"), head.toString());
    assertTrue(head.contains("te: trailers"), head.toString());
    assertTrue(head.contains("authorization: Bearer ours"), head.toString());
    assertTrue(head.contains("x-forwarded-for: 10.0.0.9"), head.toString());
    assertTrue(head.contains("x-own: j\u00c3\u00bcrgen"), head.toString());
    assertFalse(head.toString().contains("connection"), head.toString());
    assertEquals(List.of("x-sum: 1"), seenTrailers.get(20, TimeUnit.SECONDS));
  }

  @Test
  void headThatEndsTheStreamHasNoBody() throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.headers(3, true, ":status", "200", "grpc-status", "5").drain();
        });
    Heard heard = get("/");
    assertEquals(List.of(), heard.whole());
    assertEquals(0, heard.head.get().length());
    assertEquals(List.of("grpc-status", "5"), heard.head.get().lines());
  }

  @Test
  void exchangesShareAConnectionAndTheirNumberIsRespected() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    H2Backend running =
        serve(
            to -> {
              to.greet(3, 2);
              int first = to.await(H2Backend.HEADERS).stream();
              both.countDown();
              if (to.number == 1) {
                int second = to.await(H2Backend.HEADERS).stream();
                both.await(20, TimeUnit.SECONDS);
                to.ok(second, "second");
              }
              to.ok(first, "first").drain();
            });
    List<Heard> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(get("/" + i));
    }
    for (Heard heard : all) {
      heard.whole();
    }
    assertEquals(2, running.connections.get());
  }

  @Test
  void streamsBeyondTheLastOfAGoodbyeAreServedElsewhere() throws Exception {
    H2Backend running =
        serve(
            to -> {
              to.greet();
              int first = to.await(H2Backend.HEADERS).stream();
              if (to.number > 1) {
                to.ok(first, "elsewhere").drain();
              }
              to.await(H2Backend.HEADERS);
              to.goAway(3, 0).ok(3, "here");
              to.drain();
            });
    Heard one = get("/1");
    assertTrue(one.ready.await(20, TimeUnit.SECONDS));
    Heard two = get("/2");
    one.whole();
    two.whole();
    assertEquals("here", one.body());
    assertEquals("elsewhere", two.body());
    assertEquals(2, running.connections.get());
  }

  @Test
  void refusedStreamIsTriedOnceMore() throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.reset(3, 7).await(H2Backend.HEADERS);
          to.ok(5, "now").drain();
        });
    Heard heard = get("/");
    heard.whole();
    assertEquals("now", heard.body());
  }

  @Test
  void streamRefusedTwiceIsUnreachable() throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.reset(3, 7).await(H2Backend.HEADERS);
          to.reset(5, 7).drain();
        });
    assertEquals(Kind.UNREACHABLE, get("/").failure().kind());
  }

  @Test
  void bodyOnItsWayIsNotSentTwice() throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.await(H2Backend.DATA);
          to.reset(3, 7).drain();
        });
    Heard heard = new Heard();
    UpstreamExchange exchange = open(request("PUT", "/", 5), heard);
    assertTrue(heard.ready.await(20, TimeUnit.SECONDS));
    on(() -> exchange.write(piece("12345")));
    assertEquals(Kind.BROKEN, heard.failure().kind());
  }

  @Test
  void pieceThatComesBetweenTwoStreamsIsSentOnTheSecond() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          if (to.number == 1) {
            to.goAway(0, 0);
            refused.countDown();
            to.drain();
          }
          String body = new String(to.await(H2Backend.DATA).payload(), "UTF-8");
          to.ok(3, body).drain();
        });
    Heard heard = new Heard();
    UpstreamExchange exchange = open(request("PUT", "/", 5), heard);
    assertTrue(refused.await(20, TimeUnit.SECONDS));
    on(
        () -> {
          exchange.write(piece("12345"));
          exchange.end();
        });
    if (heard.end.handle((done, failure) -> failure).get(20, TimeUnit.SECONDS) == null) {
      assertEquals("12345", heard.body());
    } else {
      assertEquals(Kind.BROKEN, heard.failure().kind()); // it was sent before the goodbye came
    }
  }

  @Test
  void case168ResetAmidTheBodyIsABrokenTransfer() throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.headers(3, false, ":status", "200").data(3, false, "half").reset(3, 2).drain();
        });
    Heard heard = get("/");
    assertEquals(Kind.BROKEN, heard.failure().kind());
    assertEquals("half", heard.body());
  }

  @Test
  void case168DeathAmidTheBodyIsABrokenTransfer() throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.headers(3, false, ":status", "200").data(3, false, "half");
        });
    Heard heard = get("/");
    assertEquals(Kind.BROKEN, heard.failure().kind());
  }

  @Test
  void staleConnectionIsTriedOnceMore() throws Exception {
    H2Backend running =
        serve(
            to -> {
              to.greet().await(H2Backend.HEADERS);
              to.ok(3, "first of " + to.number).await(H2Backend.HEADERS);
            });
    get("/").whole();
    Heard second = get("/");
    second.whole();
    assertEquals("first of 2", second.body());
    assertEquals(2, running.connections.get());
  }

  @Test
  void slowClientStallsItsOwnStreamAlone() throws Exception {
    CountDownLatch windowUsed = new CountDownLatch(1);
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.headers(3, false, ":status", "200");
          String piece = "x".repeat(16 << 10);
          for (int sent = 0; sent < 128 << 10; sent += 16 << 10) {
            to.data(3, false, piece);
          }
          windowUsed.countDown();
          int second = to.await(H2Backend.HEADERS).stream();
          to.ok(second, "quick");
          // Only when the first one is taken does its window open again.
          while (to.await(H2Backend.WINDOW_UPDATE).stream() != 3) {}
          to.data(3, true, "last").drain();
        });
    Heard slow = new Heard();
    UpstreamExchange exchange = open(request("GET", "/slow", 0), slow);
    on(exchange::pause);
    assertTrue(windowUsed.await(20, TimeUnit.SECONDS));
    Heard quick = get("/quick");
    quick.whole();
    assertEquals("quick", quick.body());
    assertFalse(slow.end.isDone());
    on(exchange::resume);
    slow.whole();
    assertEquals((128 << 10) + 4, slow.body().length());
  }

  @Test
  void smallPiecesForASlowClientArriveWholeAndInOrder() throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.headers(3, false, ":status", "200");
          for (int i = 0; i < 5000; i++) {
            to.data(3, false, Integer.toString(i % 10));
          }
          to.data(3, true, "e").drain();
        });
    Heard heard = new Heard();
    UpstreamExchange exchange = open(request("GET", "/", 0), heard);
    on(exchange::pause);
    heard.head.get(20, TimeUnit.SECONDS);
    on(exchange::resume);
    heard.whole();
    assertEquals("0123456789".repeat(500) + "e", heard.body());
  }

  @Test
  void requestBodyWaitsForTheBackendsWindow() throws Exception {
    CountDownLatch full = new CountDownLatch(1);
    serve(
        to -> {
          to.greet(4, 10).await(H2Backend.HEADERS);
          assertEquals(10, to.await(H2Backend.DATA).payload().length);
          full.await(20, TimeUnit.SECONDS);
          to.frame(H2Backend.WINDOW_UPDATE, 0, 3, H2Backend.int32(100));
          assertEquals(10, to.await(H2Backend.DATA).payload().length);
          to.await(H2Backend.DATA);
          to.ok(3, "all").drain();
        });
    Heard heard = new Heard();
    UpstreamExchange exchange = open(request("POST", "/", 20), heard);
    assertTrue(heard.ready.await(20, TimeUnit.SECONDS));
    on(
        () -> {
          exchange.write(piece("x".repeat(20)));
          assertFalse(exchange.writable());
        });
    full.countDown();
    assertTrue(heard.writable.await(20, TimeUnit.SECONDS));
    on(exchange::end);
    heard.whole();
  }

  @Test
  void cancelEndsItsOwnStreamAlone() throws Exception {
    CompletableFuture<Frame> reset = new CompletableFuture<>();
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.await(H2Backend.HEADERS);
          reset.complete(to.await(H2Backend.RST_STREAM));
          to.ok(5, "other").drain();
        });
    UpstreamExchange exchange = open(request("GET", "/", 0), new Heard());
    Heard other = get("/other");
    assertTrue(other.ready.await(20, TimeUnit.SECONDS));
    on(exchange::cancel);
    other.whole();
    assertEquals(3, reset.get().stream());
    assertEquals(8, reset.get().code());
  }

  @Test
  void earlyAnswerEndsTheUpload() throws Exception {
    CompletableFuture<Frame> reset = new CompletableFuture<>();
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.headers(3, false, ":status", "413").data(3, true, "no");
          reset.complete(to.await(H2Backend.RST_STREAM));
          to.drain();
        });
    Heard heard = new Heard();
    open(request("POST", "/", 1000), heard);
    heard.whole();
    assertEquals(8, reset.get(20, TimeUnit.SECONDS).code());
  }

  @Test
  void interimAnswersAreSkipped() throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.headers(3, false, ":status", "103", "link", "x").ok(3, "final").drain();
        });
    Heard heard = get("/");
    heard.whole();
    assertEquals("final", heard.body());
    assertEquals(List.of(), heard.head.get().lines());
  }

  @Test
  void endlessInterimAnswersAreCutOff() throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          for (int i = 0; i < 1000; i++) {
            to.headers(3, false, ":status", "103");
          }
          to.drain();
        });
    assertEquals(Kind.MALFORMED, get("/").failure().kind());
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("no status", lines("x", "y")),
        Arguments.of("status twice", lines(":status", "200", ":status", "200")),
        Arguments.of("status behind a header", lines("x", "y", ":status", "200")),
        Arguments.of("status of letters", lines(":status", "2oo")),
        Arguments.of("status 101", lines(":status", "101")),
        Arguments.of("status 20", lines(":status", "20")),
        Arguments.of("request's pseudo header", lines(":status", "200", ":path", "/")),
        Arguments.of("upper case", lines(":status", "200", "Server", "x")),
        Arguments.of("connection", lines(":status", "200", "connection", "close")),
        Arguments.of("transfer-encoding", lines(":status", "200", "transfer-encoding", "chunked")),
        Arguments.of("upgrade", lines(":status", "200", "upgrade", "h2c")),
        Arguments.of("CR LF", lines(":status", "200", "x", "a\r\nset-cookie: b")),
        Arguments.of("NUL", lines(":status", "200", "x", "a\u0000b")),
        Arguments.of("colon in a name", lines(":status", "200", "x:y", "a")),
        Arguments.of(
            "two lengths", lines(":status", "200", "content-length", "1", "content-length", "2")),
        Arguments.of("length of letters", lines(":status", "200", "content-length", "0x1")));
  }

  private static String[] lines(String... lines) {
    return lines;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void malformedHeadIsNoAnswer(String what, String[] lines) throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.headers(3, false, lines).data(3, true, "x").drain();
        });
    assertEquals(Kind.MALFORMED, get("/").failure().kind(), what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234", "123456", ""})
  void case39BodyThatIsNotAsLongAsDeclaredIsNoAnswer(String body) throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.headers(3, body.isEmpty(), ":status", "200", "content-length", "5");
          if (!body.isEmpty()) {
            to.data(3, true, body);
          }
          to.drain();
        });
    assertEquals(Kind.MALFORMED, get("/").failure().kind());
  }

  @Test
  void case41PseudoHeaderAmongTrailersIsNoEnd() throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.headers(3, false, ":status", "200").data(3, false, "x");
          to.headers(3, true, ":status", "200").drain();
        });
    assertEquals(Kind.MALFORMED, get("/").failure().kind());
  }

  @Test
  void answersToHeadDeclareALengthWithoutABody() throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.headers(3, true, ":status", "200", "content-length", "5").drain();
        });
    Heard heard = new Heard();
    open(request("HEAD", "/", 0), heard);
    heard.whole();
    assertEquals(5, heard.head.get().length());
  }

  @Test
  void pushIsRefused() throws Exception {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          byte[] promise = new byte[4 + 9];
          System.arraycopy(H2Backend.int32(2), 0, promise, 0, 4);
          System.arraycopy(H2Backend.block(":path", "/"), 0, promise, 4, 9);
          to.frame(H2Backend.PUSH_PROMISE, H2Backend.END_HEADERS, 3, promise);
          byte[] goAway = to.await(H2Backend.GOAWAY).payload();
          code.complete((int) goAway[7]);
        });
    assertEquals(Kind.MALFORMED, get("/").failure().kind());
    assertEquals(1, code.get(20, TimeUnit.SECONDS));
  }

  @ParameterizedTest
  @ValueSource(ints = {H2Backend.SETTINGS, H2Backend.PING})
  void case33FloodsOfABackendEndItsConnection(int type) throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          for (int i = 0; i < 10_000; i++) {
            to.frame(type, 0, 0, new byte[type == H2Backend.PING ? 8 : 0]);
          }
          to.drain();
        });
    assertEquals(Kind.MALFORMED, get("/").failure().kind());
  }

  @Test
  void case28EndlessContinuationIsCutOff() throws Exception {
    serve(
        to -> {
          to.greet().await(H2Backend.HEADERS);
          to.frame(H2Backend.HEADERS, 0, 3, H2Backend.block(":status", "200"));
          byte[] piece = H2Backend.block("x", "y".repeat(100));
          for (int i = 0; i < 100_000; i++) {
            to.frame(9, 0, 3, piece);
          }
        });
    assertEquals(Kind.MALFORMED, get("/").failure().kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH\r\n"})
  void whoDoesNotSpeakHttp2IsUnreachable(String greeting) throws Exception {
    serve(to -> to.raw(greeting).drain());
    assertEquals(Kind.UNREACHABLE, get("/").failure().kind());
  }

  @Test
  void whoHangsUpIsUnreachable() throws Exception {
    serve(to -> {});
    assertEquals(Kind.UNREACHABLE, get("/").failure().kind());
  }

  @Test
  void nobodyThereIsUnreachable() throws Exception {
    H2Backend gone = serve(to -> {});
    gone.close();
    assertEquals(Kind.UNREACHABLE, get("/").failure().kind());
  }

  @Test
  void manyExchangesAtOnce() throws Exception {
    serve(
        to -> {
          to.greet(3, 10);
          while (true) {
            int stream = to.await(H2Backend.HEADERS).stream();
            to.ok(stream, "ok");
          }
        });
    ConcurrentHashMap<Integer, Heard> all = new ConcurrentHashMap<>();
    for (int i = 0; i < 500; i++) {
      all.put(i, get("/" + i));
    }
    for (Heard heard : all.values()) {
      heard.whole();
      assertEquals("ok", heard.body());
    }
  }

  /** Header lines of a client. */
  private record Lines(List<String> lines) implements Headers {

    @Override
    public @Nullable String first(String name) {
      List<String> all = all(name);
      return all.isEmpty() ? null : all.get(0);
    }

    @Override
    public List<String> all(String name) {
      List<String> found = new ArrayList<>();
      forEach(
          (each, value) -> {
            if (each.equalsIgnoreCase(name)) {
              found.add(value);
            }
          });
      return found;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> visitor) {
      for (int i = 0; i < lines.size(); i += 2) {
        visitor.accept(lines.get(i), lines.get(i + 1));
      }
    }
  }
}
