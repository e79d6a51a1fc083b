package dev.sallyport.server.live;

import static dev.sallyport.server.netty.http2.H2Client.END_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.PROTOCOL_ERROR;
import static dev.sallyport.server.netty.http2.H2Client.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.live.FrameKeeper.Seen;
import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.http1.FramingAttacks;
import dev.sallyport.server.netty.http2.H2Client;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both versions of HTTP as attackers speak them, to a whole server before an HTTP/2 backend that
 * keeps every request it is sent.
 */
final class ToHttp2BackendAttackTest {

  private static final String BOSS = FramingAttacks.HOST + "Authorization: Bearer master\r\n";

  @TempDir static Path folder;
  private static FrameKeeper backend;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    backend = new FrameKeeper();
    server = LiveServer.start(folder, "", "--upstream=" + backend.url());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    backend.close();
  }

  @BeforeEach
  void forget() {
    backend.seen().clear();
  }

  /** A request behind the attack's, and what holds of each that the backend was sent. */
  @AfterEach
  void nothingElseArrived() throws Exception {
    long before = wholes();
    assertTrue(get("/fence", "").endsWith("served"));
    assertEquals(before + 1, wholes());
    for (Seen seen : backend.seen()) {
      List<String> fields = seen.fields();
      for (String pseudo : new String[] {":method: ", ":scheme: ", ":path: ", ":authority: "}) {
        assertEquals(1, fields.stream().filter(each -> each.startsWith(pseudo)).count(), pseudo);
      }
      assertTrue(fields.contains(":authority: " + backend.authority()), fields::toString);
      assertTrue(fields.stream().noneMatch(each -> each.startsWith("host: ")), fields::toString);
      assertFalse(fields.toString().contains("smuggled"), fields::toString);
      assertFalse(seen.body().contains("smuggled"), seen.body());
      UpstreamOracle.check(seen.lines(), "boss");
    }
  }

  private static long wholes() {
    return backend.seen().stream().filter(Seen::isWhole).count();
  }

  private static String exchange(String bytes) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      return client.send(bytes).untilClosed();
    }
  }

  private static String get(String target, String lines) throws Exception {
    String answer =
        exchange("GET " + target + " HTTP/1.1\r\n" + BOSS + lines + "Connection: close\r\n\r\n");
    return answer.replace("6\r\nserved\r\n0\r\n\r\n", "served"); // its length is not told
  }

  private static String[] boss(String method, String path, String... more) {
    return by(request(method, path, more));
  }

  private static String[] by(String... lines) {
    String[] all = Arrays.copyOf(lines, lines.length + 2);
    all[lines.length] = "authorization";
    all[lines.length + 1] = "Bearer master";
    return all;
  }

  private static Seen only() {
    assertEquals(1, backend.seen().size());
    return backend.seen().get(0);
  }

  /** Whoever was refused amid a body has not sent it whole, and nothing behind it counts. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.sallyport.server.netty.http1.FramingAttacks#refused")
  void case01To46NothingRefusedIsARequestForTheBackend(String attack, int status, String bytes)
      throws Exception {
    String answer = exchange(bytes.replace(FramingAttacks.HOST, BOSS));
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), attack + ": " + answer);
    for (Seen seen : backend.seen()) {
      assertFalse(seen.whole(), attack + ": " + seen.fields());
      assertTrue(seen.fields().contains(":path: /p"), attack + ": " + seen.fields());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.sallyport.server.netty.http2.Http2AttackTest#malformed")
  void case37To48NothingMalformedIsARequestForTheBackend(String attack, String[] lines)
      throws Exception {
    try (H2Client client = new H2Client(server.port())) {
      client.headers(1, true, by(lines)).flush();
      client.await(each -> each.type() == H2Client.RST_STREAM || each.type() == H2Client.GOAWAY);
    }
    assertEquals(0, backend.seen().size(), attack);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 10\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
      })
  void case39AnUploadThatBreaksOffIsNeverWhole(String half) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send("POST /half HTTP/1.1\r\n" + BOSS + half);
      client.socket().shutdownOutput();
      assertFalse(client.untilClosed().contains("served"));
    }
    for (Seen seen : backend.seen()) {
      assertFalse(seen.whole());
    }
  }

  /** What follows the declared length is the next request and no part of this one. */
  @Test
  void case39ABodyIsExactlyAsLongAsDeclared() throws Exception {
    String answer =
        exchange(
            "POST /a HTTP/1.1\r\n"
                + BOSS
                + "Content-Length: 5\r\n\r\nhello"
                + "GET /b HTTP/1.1\r\n"
                + BOSS
                + "Connection: close\r\n\r\n");
    assertEquals(2, answer.split("HTTP/1.1 200 ", -1).length - 1, answer);
    Seen first = backend.seen().get(0);
    assertTrue(first.whole());
    assertEquals("hello", first.body());
    assertTrue(first.fields().contains("content-length: 5"), () -> "" + first.fields());
    assertTrue(backend.seen().get(1).fields().contains(":path: /b"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 6})
  void case39AnHttp2BodyOfAnotherLengthIsNeverWhole(int sent) throws Exception {
    try (H2Client client = new H2Client(server.port())) {
      client.headers(1, false, boss("POST", "/a", "content-length", "5"));
      client.frame(H2Client.DATA, END_STREAM, 1, new byte[sent]).flush();
      assertEquals(
          PROTOCOL_ERROR,
          client
              .await(each -> each.type() == H2Client.RST_STREAM || each.type() == H2Client.GOAWAY)
              .code());
    }
    for (Seen seen : backend.seen()) {
      assertFalse(seen.whole());
    }
  }

  /** Whatever the client calls the host, the backend is told its own, once. */
  @Test
  void case42AnAbsoluteTargetAndItsHostAreNoAuthorityForTheBackend() throws Exception {
    assertTrue(get("https://evil.test:1/api/x?a=b", "").endsWith("served"));
    Seen seen = only();
    assertTrue(seen.fields().contains(":path: /api/x?a=b"), () -> "" + seen.fields());
    assertTrue(seen.fields().contains(":scheme: http"), () -> "" + seen.fields());
  }

  @Test
  void case42AnAuthorityAndItsHostAreOne() throws Exception {
    try (H2Client client = new H2Client(server.port())) {
      client.headers(1, true, boss("GET", "/x", "host", "sallyport")).flush();
      assertEquals("served", client.await(H2Client.DATA, 1).text());
    }
    assertTrue(only().fields().contains("x-forwarded-host: sallyport"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "sallyport:443", "a@sallyport"})
  void case42AnotherHostBesideTheAuthorityIsRefused(String host) throws Exception {
    try (H2Client client = new H2Client(server.port())) {
      client.headers(1, true, boss("GET", "/x", "host", host)).flush();
      client.await(H2Client.HEADERS, 1);
      assertTrue(client.await(H2Client.DATA, 1).text().contains("\"code\":400"));
    }
    assertEquals(0, backend.seen().size());
  }

  /** HTTP/2 has no place for them; a backend would have to call the request malformed. */
  @Test
  void case37LinesOfTheClientsConnectionStayThere() throws Exception {
    String answer =
        get(
            "/x",
            "Connection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nProxy-Connection: x\r\n"
                + "TE: gzip\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
                + "Transfer_Encoding: chunked\r\nContent_Length: 3\r\nX-Kept: 1\r\n");
    assertTrue(answer.endsWith("served"), answer);
    Seen seen = only();
    assertTrue(seen.fields().contains("x-kept: 1"), () -> "" + seen.fields());
    for (String field : seen.fields()) {
      String name = field.substring(0, field.indexOf(':', 1));
      assertFalse(
          List.of("connection", "x-hop", "keep-alive", "proxy-connection", "te", "upgrade")
              .contains(name),
          field);
      assertEquals(name.toLowerCase(java.util.Locale.ROOT), name);
      assertEquals(-1, name.indexOf('_'), field);
    }
    assertEquals("", seen.body());
  }

  @Test
  void case11TrailersNameAndFrameNothing() throws Exception {
    String answer =
        exchange(
            "POST /t HTTP/1.1\r\n"
                + BOSS
                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"
                + "X-Remote-User: admin\r\nX_Remote_Group: system:masters\r\n"
                + "Authorization: Bearer master\r\nImpersonate-User: root\r\n"
                + "X-Forwarded-For: 6.6.6.6\r\nContent-Length: 100\r\nHost: other\r\n"
                + "Transfer-Encoding: chunked\r\nX-Checksum: 1\r\n\r\n");
    assertTrue(answer.contains("served"), answer);
    Seen seen = only();
    assertTrue(seen.whole());
    assertEquals("abc", seen.body());
    assertEquals(List.of("x-checksum: 1"), seen.trailers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%0d%0aX-Evil:%201", "%0D%0A%0D%0AGET%20/smuggle", "%00", "%c3%bc"})
  void case171EscapesStayEscapedInPathAndQuery(String escape) throws Exception {
    assertTrue(get("/p?q=" + escape, "").endsWith("served"));
    assertTrue(only().fields().contains(":path: /p?q=" + escape));
  }

  @Test
  void case172ClaimsOfAddressAndPathHaveNoEffect() throws Exception {
    String answer =
        get(
            "/x",
            "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Host: evil.test\r\nX-Real-IP: 6.6.6.7\r\n"
                + "X-Original-URL: /evil\r\nX-HTTP-Method-Override: DELETE\r\n"
                + "X-Remote-User: root\r\nX_Remote_User: root\r\n");
    assertTrue(answer.endsWith("served"), answer);
    List<String> fields = only().fields();
    assertTrue(fields.contains("x-forwarded-for: 6.6.6.6, 127.0.0.1"), fields::toString);
    assertFalse(fields.toString().contains("evil"), fields::toString);
    assertFalse(fields.toString().contains("root"), fields::toString);
    assertFalse(fields.toString().contains("DELETE"), fields::toString);
  }
}
