package dev.sallyport.server.endpoint.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamException.Kind;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.TestServer;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that ask to switch protocols, before a backend whose every byte is kept. */
final class ProxiedUpgradeTest {

  private static final String WEBSOCKET =
      "GET /chat?a=b HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\n"
          + "Upgrade: WebSocket\r\nSec-WebSocket-Key: abc\r\n\r\n";

  private final FakeUpstream upstream = new FakeUpstream();
  private TestServer server;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    serve(false);
  }

  private void serve(boolean cluster) throws Exception {
    ProxyEndpoint endpoint = new ProxyEndpoint(upstream, cluster, Duration.ofSeconds(1).toNanos());
    server =
        TestServer.start(
            request ->
                endpoint.answer(
                    RequestContext.of(request, "audit")
                        .authenticated(UserInfo.of("joe"), Credential.NONE, request)));
    client = new RawClient(server.port());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  private static List<String> lines(String... lines) {
    return new ArrayList<>(List.of(lines));
  }

  private FakeUpstream.Exchange tunnel() throws Exception {
    client.send(WEBSOCKET);
    FakeUpstream.Exchange exchange = upstream.next();
    exchange.switches("sec-websocket-accept", "xyz");
    exchange.says("open");
    client.until("\r\n\r\nopen");
    return exchange;
  }

  @Test
  void aTunnelBeginsWhenTheUpstreamHasAgreed() throws Exception {
    client.send(WEBSOCKET + "sent too early");
    FakeUpstream.Exchange exchange = upstream.next();
    assertEquals("websocket", exchange.request.upgrade());
    assertEquals("/chat?a=b", exchange.request.target());
    assertEquals("abc", exchange.request.headers().first("sec-websocket-key"));
    exchange.act(to -> {});
    assertNull(exchange.heard(), "nothing goes upstream before 101");

    exchange.switches("sec-websocket-accept", "xyz");
    String head = client.until("\r\n\r\n");
    assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), head);
    assertTrue(head.contains("\r\nUpgrade: websocket\r\n"), head);
    assertTrue(head.contains("\r\nSec-Websocket-Accept: xyz\r\n"), head);
    assertEquals("sent too early", exchange.hears());

    exchange.says("hello");
    client.until("hello");
    client.send("world");
    assertEquals("world", exchange.hears());
  }

  @Test
  void spdyByPostBecomesATunnelToo() throws Exception {
    client.send(
        "POST /exec HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
            + "Content-Length: 0\r\n\r\n");
    FakeUpstream.Exchange exchange = upstream.next();
    assertEquals("SPDY/3.1", exchange.request.upgrade());
    exchange.switches();
    assertTrue(client.until("\r\n\r\n").contains("\r\nUpgrade: SPDY/3.1\r\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 403, 500})
  void case163WithoutA101ThereIsNoTunnel(int status) throws Exception {
    client.send(WEBSOCKET + "GET /api/v1/secrets HTTP/1.1\r\nHost: a\r\n\r\n");
    FakeUpstream.Exchange exchange = upstream.next();
    exchange.act(
        to -> {
          to.head(new UpstreamHead(status, lines("location", "/elsewhere"), 2));
          to.data(Unpooled.copiedBuffer(new byte[] {'n', 'o'}));
          to.ended(List.of());
        });
    String answer = client.untilClosed();
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\nno"), answer);
    assertNull(exchange.heard(), "no byte of the client goes upstream");
  }

  @Test
  void case163AFailedUpgradeEndsTheConnection() throws Exception {
    client.send(WEBSOCKET + "GET /api/v1/secrets HTTP/1.1\r\nHost: a\r\n\r\n");
    upstream.next().act(to -> to.failed(new UpstreamException(Kind.MALFORMED, "broken", null)));
    String answer = client.untilClosed();
    assertTrue(answer.startsWith("HTTP/1.1 502 "), answer);
    assertEquals(answer.indexOf("HTTP/1.1"), answer.lastIndexOf("HTTP/1.1"), answer);
  }

  @Test
  void case166AClusterCannotSendAnUpgradeElsewhere() throws Exception {
    stop();
    serve(true);
    client.send(WEBSOCKET);
    FakeUpstream.Exchange exchange = upstream.next();
    exchange.act(to -> to.head(new UpstreamHead(302, List.of("location", "http://10.0.0.1/"), 0)));
    String answer = client.untilClosed();
    assertTrue(answer.startsWith("HTTP/1.1 502 "), answer);
    assertFalse(answer.contains("10.0.0.1"), answer);
    assertEquals("<cancel>", exchange.hears());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: TLS/1.0\r\nConnection: Upgrade\r\n",
        "Upgrade: HTTP/2.0\r\nConnection: Upgrade\r\n",
        "Upgrade: SPDY/2\r\nConnection: Upgrade\r\n",
        "Upgrade: websocket, h2c\r\nConnection: Upgrade\r\n",
        "Upgrade: websocket\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n",
        "Upgrade: websocket\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
        "Upgrade: websocket\r\nConnection: keep-alive\r\n",
        "Upgrade: websocket\r\nConnection: upgrades\r\n",
        "Upgrade: websocket\r\n",
        "Upgrade: \r\nConnection: Upgrade\r\n",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 2\r\n"
      })
  void case165WhatIsNoUpgradeIsPlain(String lines) throws Exception {
    client.send("GET /a HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n{}");
    FakeUpstream.Exchange exchange = upstream.next();
    assertEquals("", exchange.request.upgrade());
    exchange.act(
        to -> {
          to.head(new UpstreamHead(200, lines(), 0));
          to.ended(List.of());
        });
    String answer = client.untilClosed();
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertEquals(0, answer.lastIndexOf("HTTP/1.1"), "what came behind is no request: " + answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
  void onlyGetAndPostUpgrade(String method) throws Exception {
    client.send(WEBSOCKET.replace("GET", method));
    assertEquals("", upstream.next().request.upgrade());
  }

  @Test
  void case46HttpTwoIsNotUpgradedTo() throws Exception {
    client.send(
        "GET /a HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"
            + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    FakeUpstream.Exchange exchange = upstream.next();
    assertEquals("", exchange.request.upgrade());
    exchange.act(
        to -> {
          to.head(new UpstreamHead(200, lines(), 0));
          to.ended(List.of());
        });
    String answer = client.untilClosed();
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertEquals(0, answer.lastIndexOf("HTTP/1.1"), answer);
  }

  @Test
  void eachWayIsEndedForItself() throws Exception {
    FakeUpstream.Exchange exchange = tunnel();
    exchange.act(to -> to.ended(List.of()));
    assertEquals("", client.untilClosed());
    client.send("last words");
    assertEquals("last words", exchange.hears());
    client.socket().shutdownOutput();
    assertEquals("<end>", exchange.hears());
    server.close();
    assertNull(exchange.heard(), "what ended well is not cancelled");
    server = TestServer.start(TestServer::echo);
  }

  @Test
  void anEndThatIsFollowedByABreakIsStillAnEnd() throws Exception {
    FakeUpstream.Exchange exchange = tunnel();
    exchange.says("all of it");
    exchange.act(to -> to.ended(List.of()));
    exchange.act(to -> to.failed(new UpstreamException(Kind.BROKEN, "took nothing", null)));
    client.send("goodbye");
    assertEquals("all of it", client.untilClosed());
  }

  @Test
  void case173AClientThatLeavesEndsTheUpstreamsWay() throws Exception {
    FakeUpstream.Exchange exchange = tunnel();
    client.send("bye").close();
    assertEquals("bye", exchange.hears());
    assertEquals("<end>", exchange.hears());
  }

  @Test
  void case173AnUpstreamThatBreaksEndsTheClient() throws Exception {
    FakeUpstream.Exchange exchange = tunnel();
    exchange.act(to -> to.failed(new UpstreamException(Kind.BROKEN, "gone", null)));
    assertEquals("", client.untilClosed());
    assertEquals("<cancel>", exchange.hears());
  }

  @Test
  void case173AnUpstreamThatTakesNothingIsGivenUp() throws Exception {
    FakeUpstream.Exchange exchange = tunnel();
    exchange.takesNothing();
    client.send("first");
    assertEquals("first", exchange.hears(), "it had been asked for already");
    client.send("never taken");
    assertEquals("", client.untilClosed());
    assertEquals("<cancel>", exchange.hears());
  }

  @Test
  void nothingIsTakenOffTheClientWhileTheUpstreamIsFull() throws Exception {
    FakeUpstream.Exchange exchange = tunnel();
    exchange.takesNothing();
    client.send("first");
    assertEquals("first", exchange.hears());
    client.send("second");
    exchange.says("still here");
    client.until("still here");
    assertNull(exchange.heard());
    exchange.takesAgain();
    assertEquals("second", exchange.hears());
  }
}
