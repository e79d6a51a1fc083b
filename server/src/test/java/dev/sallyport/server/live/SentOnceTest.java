package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.endpoint.proxy.StubUpstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is sent again and what never, held against every byte that backends were sent. Each request
 * has a path of its own, by which it is counted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SentOnceTest {

  private static final String MASTER = "Authorization: Bearer master";
  private static final String BODY = "the-body-of-it";

  /** The path of requests that backends answer well. */
  private static final String WELL = "/well";

  private StubUpstream one;
  private StubUpstream two;
  private StubUpstream drip;
  private StubUpstream silent;
  private LiveServer server;
  private int number;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    one = breaking();
    two = breaking();
    drip =
        StubUpstream.byHand(
            (in, out) -> {
              var head = StubUpstream.head(in);
              assertTrue(head.contains("HTTP/1.1"));
              StubUpstream.raw(out, "H");
            });
    silent =
        StubUpstream.byHand(
            (in, out) -> {
              while (in.read() >= 0) {
                // until somebody hangs up
              }
            });
    Files.writeString(
        folder.resolve("routes.yaml"),
        """
        apiVersion: sallyport.dev/v1alpha1
        kind: RouteConfiguration
        upstreams:
        - {name: both, endpoints: [{url: "ONE"}, {url: "TWO"}]}
        - {name: both-no-retries, endpoints: [{url: "ONE"}, {url: "TWO"}], retries: 0}
        - {name: alone, endpoints: [{url: "ONE"}]}
        - {name: drip, endpoints: [{url: "DRIP"}, {url: "TWO"}]}
        - {name: silent, endpoints: [{url: "SILENT"}, {url: "TWO"}], timeouts: {response: 300ms}}
        - {name: gone, endpoints: [{url: "NOBODY"}, {url: "ONE"}]}
        routes:
        - {name: both, match: {pathPrefix: /both}, upstreams: [{name: both}]}
        - {name: both-no-retries, match: {pathPrefix: /both-no-retries}, upstreams: [{name: both-no-retries}]}
        - {name: alone, match: {pathPrefix: /alone}, upstreams: [{name: alone}]}
        - {name: drip, match: {pathPrefix: /drip}, upstreams: [{name: drip}]}
        - {name: silent, match: {pathPrefix: /silent}, upstreams: [{name: silent}]}
        - {name: gone, match: {pathPrefix: /gone}, upstreams: [{name: gone}]}
        """
            .replace("ONE", one.url().toString())
            .replace("TWO", two.url().toString())
            .replace("DRIP", drip.url().toString())
            .replace("SILENT", silent.url().toString())
            .replace("NOBODY", "http://127.0.0.1:" + closedPort()));
    server = LiveServer.start(folder, "", "--routes-config=" + folder.resolve("routes.yaml"));
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
    for (StubUpstream each : List.of(one, two, drip, silent)) {
      each.close();
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Answers what is well, and breaks the connection off behind the head of anything else. */
  private static StubUpstream breaking() throws IOException {
    return StubUpstream.byHand(
        (in, out) -> {
          while (StubUpstream.head(in).contains(WELL)) {
            StubUpstream.ok(out, "well");
          }
        });
  }

  /** How often the request, and how often its body, was sent to anybody. */
  private void assertSent(int heads, String method, String path) {
    String all = one.bytes() + two.bytes() + drip.bytes() + silent.bytes();
    assertEquals(heads, count(all, method + " " + path + " "), all);
  }

  private static int count(String all, String part) {
    int count = 0;
    for (int at = all.indexOf(part); at >= 0; at = all.indexOf(part, at + 1)) {
      count++;
    }
    return count;
  }

  private String path(String upstream) {
    return "/" + upstream + "/n" + ++number;
  }

  /** Sends it behind as many good ones, whose connections are kept. */
  private int send(String method, String path, String body, int before) throws IOException {
    try (LiveLine line = open()) {
      for (int i = 0; i < before; i++) {
        assertEquals(
            200,
            line.send("GET", path.substring(0, path.lastIndexOf('/')) + WELL, MASTER).status());
      }
      return line.exchange(
              method,
              path,
              body.getBytes(StandardCharsets.US_ASCII),
              MASTER,
              "Content-Type: text/plain")
          .status();
    }
  }

  private LiveLine open() {
    try {
      return server.line();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether by a new connection or by a kept one that was just being closed. */
  @ParameterizedTest
  @CsvSource({
    "POST,true",
    "POST,false",
    "PUT,true",
    "PUT,false",
    "PATCH,true",
    "DELETE,false",
    "GET,true"
  })
  void whatMayHaveBeenDoneIsSentOnce(String method, boolean body) throws Exception {
    for (String upstream : new String[] {"both", "alone"}) {
      for (int before = 0; before <= 2; before++) {
        String path = path(upstream);
        assertEquals(503, send(method, path, body ? BODY : "", before));
        assertSent(1, method, path);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"GET", "HEAD", "OPTIONS"})
  void aReadIsSentToOneMoreEndpoint(String method) throws Exception {
    String path = path("both");
    assertEquals(503, send(method, path, "", 0));
    assertSent(2, method, path);
    String alone = path("alone");
    assertEquals(503, send(method, alone, "", 0));
    assertSent(1, method, alone);
    String never = path("both-no-retries");
    assertEquals(503, send(method, never, "", 0));
    assertSent(1, method, never);
  }

  /** Which is no retry of the group's: the endpoint is as well as it was. */
  @ParameterizedTest
  @CsvSource({"GET", "HEAD", "OPTIONS"})
  void aReadOverAKeptConnectionIsSentOnceMoreToTheSameEndpoint(String method) throws Exception {
    String alone = path("alone");
    assertEquals(503, send(method, alone, "", 1));
    assertSent(2, method, alone);
    String never = path("both-no-retries");
    assertEquals(503, send(method, never, "", 2));
    assertSent(2, method, never);
    String both = path("both");
    assertEquals(503, send(method, both, "", 2));
    assertSent(4, method, both);
  }

  @Test
  void whatHasAnAnswersFirstByteIsSentOnce() throws Exception {
    String path = path("drip");
    int status = send("GET", path, "", 0);
    assertTrue(status == 503 || status == 502, () -> "" + status);
    assertSent(1, "GET", path);
  }

  @Test
  void whatTimedOutIsSentOnce() throws Exception {
    String path = path("silent");
    assertEquals(504, send("GET", path, "", 0));
    assertSent(1, "GET", path);
  }

  @Test
  void whatWasNeverSentIsSentElsewhereWhateverItIs() throws Exception {
    for (int i = 0; i < 4; i++) {
      String path = "/gone/p" + i + WELL;
      try (LiveLine line = open()) {
        line.exchange("POST", path, BODY.getBytes(StandardCharsets.US_ASCII), MASTER);
      }
      assertSent(1, "POST", path);
    }
  }
}
