package dev.sallyport.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.TestServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What frames a message ambiguously is refused with a Status, the connection ends and nothing
 * behind it is taken for a request. The numbers are those of the project's list of attacks.
 */
final class FramingAttackTest {

  private static final String HOST = FramingAttacks.HOST;
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

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.sallyport.server.netty.http1.FramingAttacks#refused")
  void case01To46RefusesAndCloses(String attack, int status, String bytes) throws Exception {
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
