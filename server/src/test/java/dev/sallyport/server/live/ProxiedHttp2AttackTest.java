package dev.sallyport.server.live;

import static dev.sallyport.server.netty.http2.H2Client.END_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.PROTOCOL_ERROR;
import static dev.sallyport.server.netty.http2.H2Client.int32;
import static dev.sallyport.server.netty.http2.H2Client.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.endpoint.proxy.StubUpstream;
import dev.sallyport.server.netty.http2.H2Client;
import dev.sallyport.server.netty.http2.H2Client.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** HTTP/2 as attackers speak it, to a whole server before an HTTP/1.1 backend. */
final class ProxiedHttp2AttackTest {

  private static final String[] BOSS = {"authorization", "Bearer master"};

  @TempDir static Path folder;
  private static StubUpstream stub;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    stub = new StubUpstream((seen, out) -> StubUpstream.ok(out, "served"));
    server = LiveServer.start(folder, "", "--upstream=" + stub.url());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    stub.close();
  }

  @BeforeEach
  void forget() {
    stub.seen.clear();
  }

  private static H2Client connect() throws Exception {
    return new H2Client(server.port());
  }

  private static String[] by(String[] user, String... lines) {
    String[] all = Arrays.copyOf(lines, lines.length + user.length);
    System.arraycopy(user, 0, all, lines.length, user.length);
    return all;
  }

  private static String[] boss(String method, String path, String... more) {
    return by(BOSS, request(method, path, more));
  }

  /** A request behind the attack's: whatever was smuggled would have come before it. */
  @AfterEach
  void nothingElseArrived() throws Exception {
    int before = stub.seen.size();
    try (H2Client client = connect()) {
      client.headers(1, true, boss("GET", "/fence")).flush();
      assertEquals("served", client.await(H2Client.DATA, 1).text());
    }
    assertEquals(before + 1, stub.seen.size(), stub.seen::toString);
    assertFalse(stub.bytes().contains("Bearer"), stub.bytes());
    for (StubUpstream.Seen seen : stub.seen) {
      UpstreamOracle.check(seen, "boss");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.sallyport.server.netty.http2.Http2AttackTest#malformed")
  void case37To48NothingOfItIsARequestForTheBackend(String attack, String[] lines)
      throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, true, by(BOSS, lines)).flush();
      assertEquals(PROTOCOL_ERROR, end(client).code(), attack);
    }
    assertEquals(List.of(), stub.seen, attack);
  }

  private static Frame end(H2Client client) throws IOException {
    return client.await(
        frame -> frame.type() == H2Client.RST_STREAM || frame.type() == H2Client.GOAWAY);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 6})
  void case39ABodyOfAnotherLengthIsNeverARequest(int sent) throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, false, boss("POST", "/a", "content-length", "5"));
      client.frame(H2Client.DATA, END_STREAM, 1, new byte[sent]).flush();
      assertEquals(PROTOCOL_ERROR, end(client).code());
    }
    assertEquals(List.of(), stub.seen);
  }

  @Test
  void case39MoreBehindTheDeclaredLengthIsNeverARequest() throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, false, boss("POST", "/a", "content-length", "5"));
      client.frame(H2Client.DATA, 0, 1, new byte[3]);
      client.frame(H2Client.DATA, 0, 1, new byte[2]).flush();
      // Answered behind the data: they have been handed on if they ever are.
      client.headers(3, true, boss("GET", "/between")).flush();
      assertEquals("served", client.await(H2Client.DATA, 3).text());
      assertEquals(1, stub.seen.size(), stub.seen::toString);
      client.frame(H2Client.DATA, END_STREAM, 1, "GET /smuggled".getBytes("US-ASCII")).flush();
      assertEquals(PROTOCOL_ERROR, client.await(H2Client.RST_STREAM, 1).code());
    }
    assertEquals(1, stub.seen.size(), stub.seen::toString);
    assertFalse(stub.bytes().contains("smuggled"), stub.bytes());
  }

  @Test
  void case39AResetBehindTheDeclaredLengthIsNeverARequest() throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, false, boss("POST", "/a", "content-length", "5"));
      client.frame(H2Client.DATA, 0, 1, new byte[5]);
      client.frame(H2Client.RST_STREAM, 0, 1, int32(8));
      client.headers(3, true, boss("GET", "/next")).flush();
      assertEquals("served", client.await(H2Client.DATA, 3).text());
    }
    assertEquals(1, stub.seen.size(), stub.seen::toString);
  }

  @Test
  void aBodyWhoseEndComesByItselfIsPassedOn() throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, false, boss("POST", "/a", "content-length", "5"));
      client.frame(H2Client.DATA, 0, 1, "hel".getBytes("US-ASCII"));
      client.frame(H2Client.DATA, 0, 1, "lo".getBytes("US-ASCII"));
      client.frame(H2Client.DATA, END_STREAM, 1, new byte[0]).flush();
      assertEquals("served", client.await(H2Client.DATA, 1).text());
    }
    assertEquals("hello", stub.seen.get(0).body());
  }

  @Test
  void case11TrailersNameNobody() throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, false, boss("POST", "/trailers"));
      client.frame(H2Client.DATA, 0, 1, "abc".getBytes("US-ASCII"));
      client
          .headers(
              1,
              true,
              "x-remote-user",
              "admin",
              "x_remote_group",
              "system:masters",
              "authorization",
              "Bearer master",
              "impersonate-user",
              "root",
              "x-forwarded-for",
              "6.6.6.6",
              "content-length",
              "100",
              "host",
              "other")
          .flush();
      assertEquals("served", client.await(H2Client.DATA, 1).text());
    }
    assertEquals("abc", stub.seen.get(0).body());
    String bytes = stub.bytes();
    String sent = bytes.substring(bytes.indexOf("POST /trailers"));
    assertTrue(sent.contains("abc\r\n0\r\n\r\n"), sent);
    assertFalse(bytes.contains("admin"), bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cookie", "x-crumb", "host"})
  void case23CrumbsAndDroppedLinesCountToo(String name) throws Exception {
    String[] many = new String[2 * 1001];
    for (int i = 0; i < many.length; i += 2) {
      many[i] = name;
      many[i + 1] = "sallyport";
    }
    try (H2Client client = connect()) {
      byte[] block = H2Client.block(boss("GET", "/x", many));
      client.frame(H2Client.HEADERS, END_STREAM, 1, Arrays.copyOf(block, 16_000));
      client
          .frame(
              H2Client.CONTINUATION,
              H2Client.END_HEADERS,
              1,
              Arrays.copyOfRange(block, 16_000, block.length))
          .flush();
      client.await(H2Client.HEADERS, 1);
      assertTrue(client.await(H2Client.DATA, 1).text().contains("\"code\":431"));
    }
    assertEquals(List.of(), stub.seen);
  }

  @Test
  void case23HeadersBeyondAMegabyteAreRefused() throws Exception {
    try (H2Client client = connect()) {
      client.frame(H2Client.HEADERS, END_STREAM, 1, H2Client.block(boss("GET", "/x")));
      byte[] piece = H2Client.block("x-pad", "p".repeat(15_000));
      for (int i = 0; i < 71; i++) {
        client.frame(H2Client.CONTINUATION, i == 70 ? H2Client.END_HEADERS : 0, 1, piece);
      }
      client.flush();
      Frame end =
          client.await(
              frame ->
                  frame.type() == H2Client.GOAWAY
                      || frame.stream() == 1
                          && (frame.type() == H2Client.RST_STREAM || frame.ends()));
      assertTrue(end.type() != H2Client.DATA, end.text());
    }
    assertEquals(List.of(), stub.seen);
  }

  @Test
  void case25RapidResetIsPassedOnToNobodyForLong() throws Exception {
    int before = stub.connections.get();
    try (H2Client client = connect()) {
      try {
        for (int i = 0; i < 10_000; i++) {
          client.headers(2 * i + 1, true, boss("GET", "/reset"));
          client.frame(H2Client.RST_STREAM, 0, 2 * i + 1, int32(8));
          if (i % 100 == 99) {
            client.flush();
          }
        }
      } catch (IOException closedAlready) {
        // the answer is still to be read
      }
      assertEquals(H2Client.ENHANCE_YOUR_CALM, client.awaitGoAway());
    }
    assertTrue(stub.connections.get() - before <= 210, "connections " + stub.connections);
    stub.seen.clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "sallyport:443", "sallyport, other", "a@sallyport", "a/b"})
  void case42OtherHostsBesideTheAuthorityAreRefused(String host) throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, true, boss("GET", "/x", "host", host)).flush();
      client.await(H2Client.HEADERS, 1);
      assertTrue(client.await(H2Client.DATA, 1).text().contains("\"code\":400"));
    }
    assertEquals(List.of(), stub.seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a@b", "a/b", "a?b", "a#b", "a\\b", "a b", "<a>", "a;b", "\"a\""})
  void case42OddAuthoritiesAreRefused(String authority) throws Exception {
    try (H2Client client = connect()) {
      String[] lines = boss("GET", "/x");
      lines[5] = authority;
      client.headers(1, true, lines).flush();
      client.await(H2Client.HEADERS, 1);
      assertTrue(client.await(H2Client.DATA, 1).text().contains("\"code\":400"));
    }
    assertEquals(List.of(), stub.seen);
  }

  @Test
  void case42TheSameHostTwiceIsOne() throws Exception {
    try (H2Client client = connect()) {
      client.headers(1, true, boss("GET", "/x", "host", "sallyport")).flush();
      assertEquals("served", client.await(H2Client.DATA, 1).text());
    }
    assertTrue(stub.seen.get(0).has("host: " + stub.url().getAuthority()));
    assertTrue(stub.seen.get(0).has("x-forwarded-host: sallyport"));
  }

  @Test
  void case47WhoIsNotKnownIsAnsweredAndSentAway() throws Exception {
    try (H2Client client = connect()) {
      client
          .headers(1, true, by(new String[] {"authorization", "Bearer no"}, request("GET", "/x")))
          .flush();
      List<Integer> types = new ArrayList<>();
      String body = "";
      try {
        while (true) {
          Frame frame = client.read();
          types.add(frame.type());
          body += frame.type() == H2Client.DATA ? frame.text() : "";
        }
      } catch (IOException closed) {
        assertTrue(body.contains("\"code\":401"), body);
        assertTrue(types.contains(H2Client.GOAWAY), types.toString());
      }
    }
    assertEquals(List.of(), stub.seen);
  }

  @Test
  void case172ClaimsHaveNoEffectByHttp2Either() throws Exception {
    try (H2Client client = connect()) {
      client
          .headers(
              1,
              true,
              boss(
                  "GET",
                  "/x",
                  "x-forwarded-for",
                  "6.6.6.6",
                  "x-forwarded-host",
                  "evil.test",
                  "x-real-ip",
                  "6.6.6.7",
                  "forwarded",
                  "for=6.6.6.8",
                  "x-original-url",
                  "/evil",
                  "x-http-method-override",
                  "DELETE",
                  "te",
                  "trailers"))
          .flush();
      assertEquals("served", client.await(H2Client.DATA, 1).text());
    }
    StubUpstream.Seen seen = stub.seen.get(0);
    assertTrue(seen.head().startsWith("GET /x HTTP/1.1\r\n"));
    assertTrue(seen.has("x-forwarded-for: 6.6.6.6, 127.0.0.1"), seen.head());
    assertFalse(seen.head().contains("evil"), seen.head());
    assertFalse(seen.head().contains("DELETE"), seen.head());
  }
}
