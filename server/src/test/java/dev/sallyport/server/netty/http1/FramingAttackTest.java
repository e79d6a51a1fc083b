package dev.sallyport.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.TestServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What frames a message ambiguously is refused with a Status, the connection ends and nothing
 * behind it is taken for a request. The numbers are those of the project's list of attacks.
 */
final class FramingAttackTest {

  private static final String HOST = "Host: sallyport\r\n";
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n";
  private static final List<String> seen = new CopyOnWriteArrayList<>();
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        TestServer.start(
            request -> {
              seen.add(request.path());
              return TestServer.echo(request);
            });
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static String post(String headers, String body) {
    return "POST /p HTTP/1.1\r\n" + HOST + headers + "\r\n" + body + SMUGGLED;
  }

  private static String get(String headers) {
    return "GET /g HTTP/1.1\r\n" + HOST + headers + "\r\n" + SMUGGLED;
  }

  private static String chunked(String body) {
    return post("Transfer-Encoding: chunked\r\n", body);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "1 both lengths",
            400,
            post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")),
        Arguments.of(
            "1 both lengths, the other way round",
            400,
            post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "3 lengths differ", 400, post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello")),
        Arguments.of("3 a list of lengths", 400, post("Content-Length: 5, 6\r\n", "hello")),
        Arguments.of("3 a list of one length", 400, post("Content-Length: 5, 5\r\n", "hello")),
        Arguments.of("3 a signed length", 400, post("Content-Length: +5\r\n", "hello")),
        Arguments.of("3 a negative length", 400, post("Content-Length: -5\r\n", "hello")),
        Arguments.of("3 an empty length", 400, post("Content-Length: \r\n", "")),
        Arguments.of(
            "3 an endless length", 400, post("Content-Length: 99999999999999999999\r\n", "")),
        Arguments.of("5 xchunked", 400, post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "5 not last", 400, post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")),
        Arguments.of(
            "5 chunked twice", 400, post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")),
        Arguments.of("5 gzip", 400, post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "5 chunked in HTTP/1.0",
            400,
            "POST /p HTTP/1.0\r\n"
                + HOST
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + SMUGGLED),
        Arguments.of(
            "6 space before the colon", 400, post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "6 vertical tab", 400, post("Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "6 no-break space", 400, post("Transfer-Encoding: \u00a0chunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "6 two codings",
            400,
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "6 folded coding", 400, post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")),
        Arguments.of("8 hexadecimal prefix", 400, chunked("0x5\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 underscore", 400, chunked("0_2\r\nhe\r\n0\r\n\r\n")),
        Arguments.of("8 negative", 400, chunked("-1\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 signed", 400, chunked("+5\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 empty size", 400, chunked("\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 17 digits", 400, chunked("00000000000000005\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 space before the size", 400, chunked(" 5\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 data without its end", 400, chunked("5\r\nhelloXX0\r\n\r\n")),
        Arguments.of("9 bare LF in an extension", 400, chunked("5;a=\nb\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("9 bare CR in an extension", 400, chunked("5;a=\rb\r\nhello\r\n0\r\n\r\n")),
        Arguments.of(
            "9 quoted line end", 400, chunked("5;a=\"\r\nhello\r\n0\r\n\r\n\"\r\n0\r\n\r\n")),
        Arguments.of("12 bare LF", 400, "GET /g HTTP/1.1\n" + HOST + "\n" + SMUGGLED),
        Arguments.of("12 bare LF in a header", 400, "GET /g HTTP/1.1\r\nHost: a\n\r\n" + SMUGGLED),
        Arguments.of("12 bare CR in a value", 400, get("A: b\rc\r\n")),
        Arguments.of("12 folded line", 400, get("A: b\r\n c\r\n")),
        Arguments.of("12 space before the colon", 400, get("A : b\r\n")),
        Arguments.of("12 no colon", 400, get("A\r\n")),
        Arguments.of("12 empty name", 400, get(": b\r\n")),
        Arguments.of("12 leading space", 400, "GET /g HTTP/1.1\r\n " + HOST + "\r\n" + SMUGGLED),
        Arguments.of("13 NUL in a value", 400, get("A: b\u0000c\r\n")),
        Arguments.of("13 NUL in a name", 400, get("A\u0000: b\r\n")),
        Arguments.of("13 DEL in a value", 400, get("A: b\u007f\r\n")),
        Arguments.of("13 control in a name", 400, get("A\u0001: b\r\n")),
        Arguments.of("15 space in the target", 400, "GET /a b HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("15 tab in the target", 400, "GET /a\tb HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("15 version 1.32", 400, "GET /g HTTP/1.32\r\n" + HOST + "\r\n"),
        Arguments.of("15 version 2.0", 505, "GET /g HTTP/2.0\r\n" + HOST + "\r\n"),
        Arguments.of("15 HTTP/0.9", 400, "GET /\r\n"),
        Arguments.of("15 lower-case version", 400, "GET /g http/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("16 no Host", 400, "GET /g HTTP/1.1\r\n\r\n" + SMUGGLED),
        Arguments.of("16 two Hosts", 400, get("Host: other\r\n")),
        Arguments.of("16 comma", 400, "GET /g HTTP/1.1\r\nHost: a,b\r\n\r\n" + SMUGGLED),
        Arguments.of("16 space", 400, "GET /g HTTP/1.1\r\nHost: a b\r\n\r\n" + SMUGGLED),
        Arguments.of("16 at", 400, "GET /g HTTP/1.1\r\nHost: a@b\r\n\r\n" + SMUGGLED),
        Arguments.of("16 slash", 400, "GET /g HTTP/1.1\r\nHost: a/b\r\n\r\n" + SMUGGLED),
        Arguments.of("17 another scheme", 400, "GET ftp://a/b HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of(
            "17 user in the target", 400, "GET https://u@a/b HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("17 authority form", 400, "CONNECT a:443 HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("21 other expectation", 417, get("Expect: a-miracle\r\n")),
        Arguments.of(
            "23 request line too long",
            414,
            "GET /" + "a".repeat(300_000) + " HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("23 headers too long", 431, get("A: " + "a".repeat(1 << 20) + "\r\n")),
        Arguments.of("23 too many headers", 431, get("A: b\r\n".repeat(1001))),
        Arguments.of("24 method is no token", 400, "G=\":<> / HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("46 cleartext HTTP/2", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Arguments.of("empty line first", 400, "\r\n" + SMUGGLED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesAndCloses(String attack, int status, String bytes) throws Exception {
    seen.clear();
    String answer;
    try (RawClient client = new RawClient(server.port())) {
      answer = client.send(bytes).untilClosed();
    }
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), attack + ": " + answer);
    assertTrue(answer.contains("\"kind\":\"Status\""), answer);
    assertTrue(answer.contains("\"code\":" + status), answer);
    assertTrue(answer.contains("Connection: close"), answer);
    assertFalse(seen.contains("/smuggled"), attack);
    assertEquals(1, answer.split("HTTP/1.1 [0-9]", -1).length - 1, attack);
  }

  @Test
  void case8EndInsideChunksIsNoEnd() throws Exception {
    seen.clear();
    try (RawClient client = new RawClient(server.port())) {
      client.send("POST /half HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel");
      client.socket().shutdownOutput();
      assertFalse(client.untilClosed().contains("200 OK"));
    }
  }

  @Test
  void case11TrailersAreDropped() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(
          "POST /t HTTP/1.1\r\n"
              + HOST
              + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"
              + "X-Remote-User: admin\r\nContent-Length: 100\r\nHost: other\r\n\r\n"
              + "GET /next HTTP/1.1\r\n"
              + HOST
              + "\r\n");
      client.until("POST /t abc\n");
      client.until("GET /next \n");
    }
  }

  @Test
  void case17AbsoluteTargetIsServedByItsPath() throws Exception {
    seen.clear();
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET https://evil.test/api?x=1 HTTP/1.1\r\n" + HOST + "\r\n");
      client.until("GET /api \n");
    }
    assertEquals(List.of("/api"), seen);
  }

  @Test
  void case19PipelinedRequestsAreAnsweredInOrder() throws Exception {
    seen.clear();
    StringBuilder burst = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      burst.append("POST /").append(i).append(" HTTP/1.1\r\n").append(HOST);
      burst.append("Content-Length: 3\r\n\r\nabc");
    }
    try (RawClient client = new RawClient(server.port())) {
      client.send(burst.toString());
      for (int i = 0; i < 200; i++) {
        client.until("POST /" + i + " abc\n");
      }
    }
    assertEquals(200, seen.size());
  }

  @Test
  void chunksAreReadWhereverTheyAreCut() throws Exception {
    String request =
        "POST /cut HTTP/1.1\r\n"
            + HOST
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "5;ext=1\r\nhello\r\nA\r\n0123456789\r\n0\r\nT: x\r\n\r\n";
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < request.length(); i++) {
        client.send(request.substring(i, i + 1));
      }
      client.until("POST /cut hello0123456789\n");
    }
  }

  @Test
  void largeHeadersAreTaken() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(
          "GET /token HTTP/1.1\r\n"
              + HOST
              + "Authorization: Bearer "
              + "t".repeat(900_000)
              + "\r\n\r\n");
      client.until("GET /token \n");
    }
  }
}
