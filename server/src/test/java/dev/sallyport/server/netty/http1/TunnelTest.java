package dev.sallyport.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.config.TlsVersion;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.RequestBody;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.http.StreamCut;
import dev.sallyport.server.http.Tunnel;
import dev.sallyport.server.http.TunnelEnd;
import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.TestServer;
import dev.sallyport.server.netty.exchange.HttpLimits;
import dev.sallyport.server.tls.TlsContextFactory;
import dev.sallyport.server.tls.TlsEngine;
import io.netty.buffer.ByteBuf;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that switch protocols, over real sockets. */
final class TunnelTest {

  private static final HttpLimits IMPATIENT =
      new HttpLimits(
          1 << 20,
          100,
          1 << 16,
          10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          1 << 18);

  private static final String UPGRADE =
      "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Response> late = new CompletableFuture<>();
  private final CountDownLatch aborted = new CountDownLatch(1);
  private final FarEnd far = new FarEnd();
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.start(IMPATIENT, Duration.ofSeconds(10), this::handle);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private Answer<Response> handle(Request request) {
    asked.add(request.path());
    request.onAbort(aborted::countDown);
    return switch (request.path()) {
      case "/chat" -> Answer.now(switched(far));
      case "/late" -> Answer.later(late);
      default -> Answer.now(TestServer.text(200, "plain"));
    };
  }

  private static Response switched(Response.TunnelWriter writer) {
    return new Response.Switched(new ResponseHeaders().add("upgrade", "websocket"), writer);
  }

  /** Whoever is behind the tunnel; the test speaks for it. */
  private static final class FarEnd implements Response.TunnelWriter, RequestBody.Sink {
    private final CompletableFuture<Tunnel> opened = new CompletableFuture<>();
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch abandoned = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // there before any data
    private volatile RequestBody.Flow flow;

    @Override
    public void start(Tunnel tunnel) {
      tunnel.onClosed(closed::countDown);
      tunnel.read(this);
      opened.complete(tunnel);
    }

    @Override
    public void abandoned() {
      abandoned.countDown();
    }

    @Override
    public void started(RequestBody.Flow from) {
      flow = from;
      from.request();
    }

    @Override
    public void data(ByteBuf piece) {
      heard.add(piece.toString(StandardCharsets.US_ASCII));
      piece.release();
      flow.request();
    }

    @Override
    public void ended() {
      heard.add("<ended>");
    }

    @Override
    public void failed(Throwable cause) {
      heard.add("<failed>");
    }

    String hears() throws Exception {
      String next = heard.poll(15, TimeUnit.SECONDS);
      assertNotNull(next, "nothing was heard");
      return next;
    }

    /** Does something with the tunnel on its loop. */
    void act(Consumer<Tunnel> action) throws Exception {
      Tunnel tunnel = opened.get(15, TimeUnit.SECONDS);
      tunnel.loop().execute(() -> action.accept(tunnel));
    }

    void says(String text) throws Exception {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      act(
          tunnel -> {
            tunnel.write(bytes, 0, bytes.length);
            tunnel.flush();
          });
    }

    void isClosed() throws Exception {
      assertTrue(closed.await(15, TimeUnit.SECONDS), "the tunnel is still open");
    }

    void isClosedBy(TunnelEnd end) throws Exception {
      isClosed();
      assertEquals(end, opened.get(15, TimeUnit.SECONDS).endedBy());
    }
  }

  @Test
  void bytesGoBothWaysAfterThe101() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      String head = client.send(UPGRADE).until("\r\n\r\n");
      assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), head);
      assertTrue(head.contains("\r\nUpgrade: websocket\r\n"), head);
      assertTrue(head.contains("\r\nConnection: Upgrade\r\n"), head);
      assertFalse(head.contains("Content-Length"), head);
      assertFalse(head.contains("Transfer-Encoding"), head);

      client.send("ping");
      assertEquals("ping", far.hears());
      far.says("pong");
      client.until("pong");
    }
  }

  /** What came behind the request counts too; heads do not. */
  @Test
  void bytesAreCounted() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(UPGRADE + "early").until("\r\n\r\n");
      assertEquals("early", far.hears());
      client.send("ping");
      assertEquals("ping", far.hears());
      far.says("hello");
      client.until("hello");
    }
    far.isClosed();
    Tunnel tunnel = far.opened.get(15, TimeUnit.SECONDS);
    assertEquals(9, tunnel.bytesFromClient());
    assertEquals(5, tunnel.bytesToClient());
  }

  @Test
  void whatWasSentBehindTheRequestIsTheTunnelsAndNoRequest() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(UPGRADE.replace("/chat", "/late") + "GET /evil HTTP/1.1\r\nHost: a\r\n\r\n");
      late.complete(switched(far));
      assertEquals("GET /evil HTTP/1.1\r\nHost: a\r\n\r\n", far.hears());
      client.until("\r\n\r\n");
    }
    assertEquals(List.of("/late"), asked);
  }

  @Test
  void eachWayEndsForItself() throws Exception {
    server.close(); // BoringSSL's engine answers an end with its own; the JDK's leaves us our way
    var tls = new TlsContextFactory(TlsEngine.JDK, TlsVersion.TLS_1_3, List.of());
    server =
        TestServer.start(
            tls.single(TestServer.certificate("localhost")),
            IMPATIENT,
            Duration.ofSeconds(10),
            this::handle);
    try (RawClient client = new RawClient(server.port())) {
      client.send(UPGRADE).until("\r\n\r\n");
      client.send("last words").socket().shutdownOutput();
      assertEquals("last words", far.hears());
      assertEquals("<ended>", far.hears());
      far.says("an answer to them");
      client.until("an answer to them");
      far.act(Tunnel::end);
      assertEquals("", client.untilClosed());
    }
    far.isClosedBy(TunnelEnd.CLIENT);
  }

  @Test
  void lastWordsOfAClientThatLeavesAreHeard() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(UPGRADE).until("\r\n\r\n");
      client.send("last words");
    }
    assertEquals("last words", far.hears());
    assertEquals("<ended>", far.hears());
    far.says("to nobody");
    far.act(Tunnel::end);
    far.isClosedBy(TunnelEnd.CLIENT);
  }

  @Test
  void case173AFarEndThatOverhearsTheClientsLeavingIsCutOff() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(UPGRADE).until("\r\n\r\n");
    }
    assertEquals("<ended>", far.hears());
    far.isClosed();
  }

  @Test
  void aClientMaySpeakOnWhenTheOtherWayHasEnded() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(UPGRADE).until("\r\n\r\n");
      far.says("that is all");
      far.act(Tunnel::end);
      assertEquals("that is all", client.untilClosed());
      client.send("more");
      assertEquals("more", far.hears());
      client.socket().shutdownOutput();
      assertEquals("<ended>", far.hears());
    }
    far.isClosedBy(TunnelEnd.UPSTREAM);
  }

  @Test
  void case173AClientThatBreaksOffIsNoticedAtOnce() throws Exception {
    try (Socket plain = new Socket("127.0.0.1", server.port())) {
      SSLSocket client =
          (SSLSocket)
              TestServer.clientContext()
                  .getSocketFactory()
                  .createSocket(plain, "127.0.0.1", server.port(), false);
      client.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
      far.opened.get(15, TimeUnit.SECONDS);
      plain.setSoLinger(true, 0); // beneath TLS, which would take its leave
    }
    assertEquals("<failed>", far.hears());
    far.isClosedBy(TunnelEnd.CLIENT);
    assertTrue(aborted.await(15, TimeUnit.SECONDS));
  }

  @Test
  void case173AClientThatNeverReadsIsCutOff() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(UPGRADE).until("\r\n\r\n");
      byte[] much = new byte[64 << 10];
      far.act(
          tunnel -> {
            Runnable fill =
                () -> {
                  while (tunnel.writable()) {
                    tunnel.write(much, 0, much.length);
                    tunnel.flush();
                  }
                };
            tunnel.onWritable(fill);
            fill.run();
          });
      far.isClosedBy(TunnelEnd.STALLED);
    }
  }

  @Test
  void case173AHalfThatHasNothingLeftToSayIsCutOff() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(UPGRADE).until("\r\n\r\n");
      far.act(Tunnel::end);
      far.isClosedBy(TunnelEnd.UPSTREAM);
    }
  }

  @Test
  void anAbortIsSeenByTheClientAtOnce() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(UPGRADE).until("\r\n\r\n");
      far.act(tunnel -> tunnel.abort(new StreamCut(TunnelEnd.REVOKED, null)));
      assertEquals("", client.untilClosed());
    }
    assertEquals("<failed>", far.hears());
    far.isClosedBy(TunnelEnd.REVOKED);
  }

  @Test
  void http10CannotSwitch() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      String answer = client.send(UPGRADE.replace("HTTP/1.1", "HTTP/1.0")).untilClosed();
      assertTrue(answer.startsWith("HTTP/1.0 400 "), answer);
    }
    assertTrue(far.abandoned.await(15, TimeUnit.SECONDS));
  }

  @Test
  void aTunnelLastsUntilTheGraceIsOver() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(UPGRADE).until("\r\n\r\n");
      var stopped = server.listener().shutdown(Duration.ofSeconds(2)).toCompletableFuture();
      client.send("still here");
      assertEquals("still here", far.hears());
      stopped.get(15, TimeUnit.SECONDS);
      far.isClosedBy(TunnelEnd.SHUTDOWN);
    }
    start(); // one to be stopped behind the test
  }
}
