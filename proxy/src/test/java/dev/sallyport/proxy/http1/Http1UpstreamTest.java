package dev.sallyport.proxy.http1;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Headers;
import dev.sallyport.api.UserInfo;
import dev.sallyport.proxy.UpstreamException.Kind;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.connect.Connector;
import dev.sallyport.proxy.connect.Destination;
import dev.sallyport.proxy.headers.IdentityHeaders;
import dev.sallyport.proxy.headers.RequestHeaders;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP/1.1 client against backends that say what they like. */
final class Http1UpstreamTest {

  private static final Headers NO_HEADERS =
      new Headers() {
        @Override
        public @Nullable String first(String name) {
          return null;
        }

        @Override
        public List<String> all(String name) {
          return List.of();
        }

        @Override
        public void forEach(BiConsumer<? super String, ? super String> visitor) {}
      };

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = loops.next();
  private @Nullable Http1Upstream upstream;

  @AfterEach
  void stop() throws Exception {
    Http1Upstream own = upstream;
    if (own != null) {
      own.close();
    }
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS);
  }

  private static UpstreamRequest request(String method, long length, String upgrade) {
    return new UpstreamRequest(
        method, "/x", NO_HEADERS, "", "::1", "1.1", UserInfo.of("ann"), length, upgrade);
  }

  private UpstreamExchange open(Backend backend, UpstreamRequest request, Heard heard)
      throws Exception {
    return onLoop(() -> openHere(backend, request, heard));
  }

  /** As above, by somebody who is on the loop. */
  private UpstreamExchange openHere(Backend backend, UpstreamRequest request, Heard heard) {
    Http1Upstream known = upstream;
    Http1Upstream to = known != null ? known : make(backend);
    upstream = to;
    return to.open(loop, request, heard);
  }

  private static Http1Upstream make(Backend backend) {
    Connector connector =
        new Connector(
            new Destination.Port("127.0.0.1", backend.port()),
            null,
            PooledByteBufAllocator.DEFAULT);
    return new Http1Upstream(
        connector, "/", new RequestHeaders("backend", IdentityHeaders.NONE, () -> ""));
  }

  private <T> T onLoop(java.util.concurrent.Callable<T> task) throws Exception {
    return loop.submit(task).get(20, TimeUnit.SECONDS);
  }

  private Heard get(Backend backend) throws Exception {
    Heard heard = new Heard();
    UpstreamExchange unused = open(backend, request("GET", 0, ""), heard);
    return heard.over();
  }

  /** Answers every request of every connection with the same bytes. */
  private static Backend saying(String answer) throws Exception {
    return new Backend(
        (number, in, out, socket) -> {
          while (!Backend.head(in).isEmpty()) {
            Backend.say(out, answer);
          }
        });
  }

  @Test
  void keepsTheConnectionThatWasAnsweredWell() throws Exception {
    try (Backend backend =
        saying(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nA: b\r\n\r\n")) {
      for (int i = 0; i < 3; i++) {
        Heard heard = get(backend);
        assertEquals("hi", heard.body());
        assertEquals(List.of("a", "b"), heard.trailers());
      }
      assertEquals(1, backend.connections.get());
    }
  }

  /** An answer that was sent before anybody asked would be the next client's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok!",
        "HTTP/1.1 200 OK\r\n"
            + "Content-Length: 2\r\n\r\n"
            + "okHTTP/1.1 200 OK\r\n"
            + "Content-Length: 4\r\n\r\n"
            + "evil",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nHTTP/1.1 200",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 204 None\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 204 None\r\nTransfer-Encoding: chunked\r\n\r\n"
      })
  void connectionThatSaysMoreIsNotUsedAgain(String answer) throws Exception {
    try (Backend backend = saying(answer)) {
      for (int i = 0; i < 2; i++) {
        Heard heard = get(backend);
        assertEquals(answer.startsWith("HTTP/1.1 204") ? "" : "ok", heard.body());
        assertNull(heard.failure());
      }
      assertEquals(2, backend.connections.get());
    }
  }

  @Test
  void whatAnIdleConnectionSaysIsNobodysAnswer() throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    try (Backend backend =
        new Backend(
            (number, in, out, socket) -> {
              while (!Backend.head(in).isEmpty()) {
                Backend.say(out, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + number);
                if (number == 0) {
                  await(socket);
                  Backend.say(out, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                  if (in.read() < 0) {
                    closed.complete(null);
                  }
                  return;
                }
              }
            })) {
      assertEquals("0", get(backend).body());
      answered.complete(null);
      closed.get(20, TimeUnit.SECONDS);
      assertEquals("1", get(backend).body());
    }
  }

  private final CompletableFuture<Void> answered = new CompletableFuture<>();

  private void await(Socket socket) {
    answered.orTimeout(20, TimeUnit.SECONDS).exceptionally(late -> null).join();
    assertTrue(socket.isConnected());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n0\r\n"
      })
  void case168ABodyThatBreaksOffIsBroken(String answer) throws Exception {
    try (Backend backend =
        new Backend(
            (number, in, out, socket) -> {
              Backend.head(in);
              Backend.say(out, answer);
            })) {
      Heard heard = get(backend);
      assertEquals(Kind.BROKEN, heard.failure());
      assertNull(heard.trailers());
      assertEquals("hel", heard.body());
    }
  }

  @Test
  void bodyWithoutLengthEndsWithItsConnection() throws Exception {
    try (Backend backend =
        new Backend(
            (number, in, out, socket) -> {
              Backend.head(in);
              Backend.say(out, "HTTP/1.1 200 OK\r\n\r\nall of it");
            })) {
      Heard heard = get(backend);
      assertEquals("all of it", heard.body());
      assertEquals(List.of(), heard.trailers());
    }
  }

  @Test
  void bodyWithoutLengthWhoseConnectionIsResetIsBroken() throws Exception {
    try (Backend backend =
        new Backend(
            (number, in, out, socket) -> {
              Backend.head(in);
              Backend.say(out, "HTTP/1.1 200 OK\r\n\r\nhalf");
              socket.setSoLinger(true, 0);
            })) {
      assertEquals(Kind.BROKEN, get(backend).failure());
    }
  }

  /** A backend that will not read all of an upload says why and hangs up: the answer is there. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEarlyAnswerIsReadThoughTheConnectionWasResetBehindIt(boolean writes) throws Exception {
    CountDownLatch reset = new CountDownLatch(1);
    try (Backend backend =
        new Backend(
            (number, in, out, socket) -> {
              Backend.head(in);
              Backend.say(out, "HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge");
              socket.setSoLinger(true, 0);
              socket.close();
              reset.countDown();
            })) {
      Heard heard = new Heard();
      onLoop(
          () -> {
            UpstreamExchange exchange = openHere(backend, request("POST", 1 << 20, ""), heard);
            loop.execute(
                () -> loop.schedule(() -> upload(exchange, heard, reset, writes), 0, SECONDS));
            return exchange;
          });
      assertEquals(413, heard.over().status(), () -> "" + heard.failure());
      assertEquals("large", heard.body());
    }
  }

  /** Nothing of the answer is read before there was more to send, to somebody who has gone. */
  private void upload(UpstreamExchange to, Heard heard, CountDownLatch reset, boolean writes) {
    if (!heard.ready.isDone()) {
      loop.execute(() -> loop.schedule(() -> upload(to, heard, reset, writes), 1, MILLISECONDS));
      return;
    }
    awaits(reset);
    if (writes) {
      to.write(Unpooled.wrappedBuffer(new byte[1 << 16]));
    }
  }

  @Test
  void theEndOfAnIdleConnectionIsNoticedAtOnce() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (Backend backend =
        new Backend(
            (number, in, out, socket) -> {
              Backend.head(in);
              Backend.say(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              socket.shutdownOutput();
              if (in.read() < 0) {
                closed.countDown();
              }
            })) {
      assertEquals("ok", get(backend).body());
      assertTrue(closed.await(20, SECONDS), "nobody closed the other half");
    }
  }

  /** The end has arrived, but the loop was too busy to see it before the request. */
  @Test
  void whatMayNotBeSentTwiceIsNotSentOverAConnectionThatHasEnded() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(1);
    try (Backend backend =
        new Backend(
            (number, in, out, socket) -> {
              while (!Backend.head(in).isEmpty()) {
                Backend.say(out, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + number);
                if (number == 0) {
                  awaits(busy);
                  socket.close();
                  over.countDown();
                  return;
                }
              }
            })) {
      assertEquals("0", get(backend).body());
      Heard heard = new Heard();
      onLoop(
          () -> {
            busy.countDown();
            awaits(over);
            LockSupport.parkNanos(60_000_000L); // long enough for the connection to be suspect
            return openHere(backend, request("POST", 0, ""), heard);
          });
      assertEquals("1", heard.over().body(), () -> "" + heard.failure());
      assertEquals(2, backend.connections.get());
    }
  }

  private static void awaits(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 200", "101, -1"})
  void interimAnswersAreBounded(int count, int status) throws Exception {
    try (Backend backend =
        saying(
            "HTTP/1.1 103 Hints\r\nA: b\r\n\r\n".repeat(count)
                + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      Heard heard = get(backend);
      assertEquals(status, heard.status());
      assertEquals(status < 0 ? Kind.MALFORMED : null, heard.failure());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "websocket", "SPDY/3.1"})
  void aSwitchThatWasNotAskedForIsRefused(String asked) throws Exception {
    try (Backend backend =
        saying("HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nraw")) {
      Heard heard = new Heard();
      UpstreamExchange unused = open(backend, request("GET", 0, asked), heard);
      assertEquals(Kind.MALFORMED, heard.over().failure());
    }
  }

  @Test
  void upgradesToATunnelWhoseSidesEndApart() throws Exception {
    StringBuilder seen = new StringBuilder();
    try (Backend backend =
        new Backend(
            (number, in, out, socket) -> {
              seen.append(Backend.head(in));
              Backend.say(
                  out,
                  "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: spdy/3.1\r\n"
                      + "X-Stream-Protocol-Version: v4\r\n\r\nearly ");
              int b = in.read();
              while (b >= 0) {
                out.write(b);
                b = in.read();
              }
              Backend.say(out, " late");
            })) {
      Heard heard = new Heard();
      UpstreamExchange exchange = open(backend, request("POST", 0, "SPDY/3.1"), heard);
      assertEquals(
          List.of("x-stream-protocol-version", "v4"),
          heard.switched.get(20, TimeUnit.SECONDS).lines());
      boolean unused =
          onLoop(
              () -> {
                exchange.write(Unpooled.copiedBuffer("echo", StandardCharsets.US_ASCII));
                exchange.end();
                return true;
              });
      assertEquals("early echo late", heard.over().body());
      assertNull(heard.failure());
      String head = seen.toString();
      assertTrue(head.contains("\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"), head);
    }
  }

  @Test
  void tunnelGoesOnAfterTheBackendHasEnded() throws Exception {
    CompletableFuture<String> sent = new CompletableFuture<>();
    try (Backend backend =
        new Backend(
            (number, in, out, socket) -> {
              Backend.head(in);
              Backend.say(
                  out, "HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nbye");
              socket.shutdownOutput();
              sent.complete(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
            })) {
      Heard heard = new Heard();
      UpstreamExchange exchange = open(backend, request("GET", 0, "websocket"), heard);
      assertEquals("bye", heard.over().body());
      boolean unused =
          onLoop(
              () -> {
                exchange.write(Unpooled.copiedBuffer("still here", StandardCharsets.US_ASCII));
                exchange.end();
                return true;
              });
      assertEquals("still here", sent.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void resetTunnelFails() throws Exception {
    try (Backend backend =
        new Backend(
            (number, in, out, socket) -> {
              Backend.head(in);
              Backend.say(
                  out, "HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
              socket.setSoLinger(true, 0);
            })) {
      Heard heard = new Heard();
      UpstreamExchange unused = open(backend, request("GET", 0, "websocket"), heard);
      assertEquals(Kind.BROKEN, heard.over().failure());
    }
  }

  @Test
  void upgradeThatIsAnsweredOtherwiseIsAnOrdinaryAnswer() throws Exception {
    try (Backend backend = saying("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno")) {
      Heard heard = new Heard();
      UpstreamExchange unused = open(backend, request("GET", 0, "websocket"), heard);
      assertEquals(403, heard.over().status());
      assertEquals("no", heard.body());
      assertEquals(403, get(backend).status());
      assertEquals(2, backend.connections.get(), "asked to switch, it may read on as another");
    }
  }

  @ParameterizedTest
  @CsvSource({"5, abcdef, BROKEN", "5, abcd, BROKEN", "-1, abcd,"})
  void bodyIsAsLongAsItWasDeclared(long length, String sent, @Nullable Kind failure)
      throws Exception {
    try (Backend backend =
        new Backend(
            (number, in, out, socket) -> {
              String head = Backend.head(in);
              if (failure == null) { // else an answer could come before the fault
                String body = Backend.head(in);
                Backend.say(out, "HTTP/1.1 200 OK\r\n\r\n" + head.length() + body);
                socket.shutdownOutput();
              }
              in.readAllBytes();
            })) {
      Heard heard = new Heard();
      UpstreamExchange exchange = open(backend, request("POST", length, ""), heard);
      heard.ready.get(20, TimeUnit.SECONDS);
      boolean unused =
          onLoop(
              () -> {
                exchange.write(Unpooled.copiedBuffer(sent, StandardCharsets.US_ASCII));
                exchange.end(List.of("x-sum", "a\r\nb"));
                return true;
              });
      assertEquals(failure, heard.over().failure());
      if (failure == null) {
        assertTrue(heard.body().endsWith("4\r\nabcd\r\n0\r\nx-sum: a  b\r\n\r\n"), heard.body());
      }
    }
  }
}
