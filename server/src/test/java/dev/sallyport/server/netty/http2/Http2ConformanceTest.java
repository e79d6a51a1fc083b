package dev.sallyport.server.netty.http2;

import static dev.sallyport.server.netty.http2.H2Client.CONTINUATION;
import static dev.sallyport.server.netty.http2.H2Client.DATA;
import static dev.sallyport.server.netty.http2.H2Client.END_HEADERS;
import static dev.sallyport.server.netty.http2.H2Client.END_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.GOAWAY;
import static dev.sallyport.server.netty.http2.H2Client.HEADERS;
import static dev.sallyport.server.netty.http2.H2Client.PING;
import static dev.sallyport.server.netty.http2.H2Client.PRIORITY;
import static dev.sallyport.server.netty.http2.H2Client.RST_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.SETTINGS;
import static dev.sallyport.server.netty.http2.H2Client.WINDOW_UPDATE;
import static dev.sallyport.server.netty.http2.H2Client.block;
import static dev.sallyport.server.netty.http2.H2Client.int32;
import static dev.sallyport.server.netty.http2.H2Client.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.TestServer;
import dev.sallyport.server.netty.http2.H2Client.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attack case 44: frames as RFC 9113 forbids them, in the order of its sections, with the errors it
 * wants. A connection error may also be told by closing, a stream error by a connection error.
 */
final class Http2ConformanceTest {

  private static final int PUSH_PROMISE = 5;
  private static final int PADDED = 8;
  private static final int WITH_PRIORITY = 32;
  private static final int PROTOCOL = 1;
  private static final int FLOW_CONTROL = 3;
  private static final int STREAM_CLOSED = 5;
  private static final int FRAME_SIZE = 6;
  private static final int COMPRESSION = 9;
  private static final int CLOSED = -1;

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(Http2ConformanceTest::handle);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Answer<Response> handle(Request request) {
    return request.path().equals("/never")
        ? Answer.later(new CompletableFuture<>())
        : request.body().read(1 << 20).map(body -> TestServer.text(200, "ok" + body.length));
  }

  /** Sends what is wrong. */
  private interface Attack {
    void send(H2Client client) throws Exception;
  }

  private static Arguments row(String what, Attack attack, Integer... codes) {
    return Arguments.of(what, attack, List.of(codes));
  }

  private static byte[] get(String path) {
    return block(request("GET", path));
  }

  private static byte[] setting(int id, int value) {
    byte[] payload = new byte[6];
    payload[0] = (byte) (id >> 8);
    payload[1] = (byte) id;
    System.arraycopy(int32(value), 0, payload, 2, 4);
    return payload;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    byte[] all = new byte[0];
    for (byte[] part : parts) {
      int at = all.length;
      all = Arrays.copyOf(all, at + part.length);
      System.arraycopy(part, 0, all, at, part.length);
    }
    return all;
  }

  /** An exchange that is over on both sides. */
  private static void over(H2Client client) throws IOException {
    client.get(1, "/a").flush();
    client.await(frame -> frame.stream() == 1 && frame.ends());
  }

  static Stream<Arguments> connectionErrors() {
    return Stream.of(
        row(
            "4.2 HEADERS larger than allowed",
            c -> c.frame(HEADERS, 5, 1, new byte[16_385]),
            FRAME_SIZE),
        row(
            "4.2 SETTINGS larger than allowed",
            c -> c.frame(SETTINGS, 0, 0, new byte[16_386]),
            FRAME_SIZE),
        row(
            "4.3 a block that is no HPACK",
            c ->
                c.frame(
                    HEADERS,
                    5,
                    1,
                    bytes(0, 0x85, 0xf2, 0xb2, 0x4a, 0x84, 0xff, 0x84, 0x49, 0x50, 0x9f, 0xff)),
            COMPRESSION),
        row(
            "4.3 PRIORITY amid a block",
            c -> c.frame(HEADERS, 1, 1, get("/a")).frame(PRIORITY, 0, 1, bytes(0, 0, 0, 0, 1)),
            PROTOCOL),
        row(
            "4.3 another stream's HEADERS amid a block",
            c -> c.frame(HEADERS, 1, 1, get("/a")).get(3, "/b"),
            PROTOCOL),
        row("5.1 DATA on an idle stream", c -> c.frame(DATA, 1, 1, new byte[1]), PROTOCOL),
        row("5.1 RST_STREAM on an idle stream", c -> c.frame(RST_STREAM, 0, 1, int32(8)), PROTOCOL),
        row(
            "5.1 WINDOW_UPDATE on an idle stream",
            c -> c.frame(WINDOW_UPDATE, 0, 1, int32(1)),
            PROTOCOL),
        row(
            "5.1 CONTINUATION on an idle stream",
            c -> c.frame(CONTINUATION, 4, 1, get("/a")),
            PROTOCOL),
        row(
            "5.1 CONTINUATION on a half-closed stream",
            c -> c.get(1, "/never").frame(CONTINUATION, 4, 1, get("/a")),
            PROTOCOL,
            STREAM_CLOSED),
        row(
            "5.1 CONTINUATION behind RST_STREAM",
            c ->
                c.get(1, "/never")
                    .frame(RST_STREAM, 0, 1, int32(8))
                    .frame(CONTINUATION, 4, 1, get("/a")),
            PROTOCOL,
            STREAM_CLOSED),
        row(
            "5.1 HEADERS on a stream that is over",
            c -> {
              over(c);
              c.get(1, "/a");
            },
            STREAM_CLOSED,
            PROTOCOL),
        row(
            "5.1 DATA on a stream that is over",
            c -> {
              over(c);
              c.frame(DATA, 1, 1, new byte[1]);
            },
            STREAM_CLOSED),
        row("5.1.1 an even stream", c -> c.get(2, "/a"), PROTOCOL),
        row(
            "5.1.1 a smaller stream",
            c -> c.get(5, "/never").get(3, "/a"),
            PROTOCOL,
            STREAM_CLOSED),
        row(
            "5.5 an unknown frame amid a block",
            c -> c.frame(HEADERS, 1, 1, get("/a")).frame(0x16, 0, 1, new byte[1]),
            PROTOCOL),
        row("6.1 DATA on stream 0", c -> c.frame(DATA, 1, 0, new byte[1]), PROTOCOL),
        row(
            "6.1 more padding than DATA",
            c ->
                c.headers(1, false, request("POST", "/a"))
                    .frame(DATA, 1 | PADDED, 1, bytes(6, 1, 2)),
            PROTOCOL),
        row("6.2 HEADERS on stream 0", c -> c.frame(HEADERS, 5, 0, get("/a")), PROTOCOL),
        row(
            "6.2 more padding than HEADERS",
            c -> c.frame(HEADERS, 5 | PADDED, 1, join(bytes(255), get("/a"))),
            PROTOCOL),
        row(
            "6.3 PRIORITY on stream 0",
            c -> c.frame(PRIORITY, 0, 0, bytes(0, 0, 0, 0, 1)),
            PROTOCOL),
        row("6.4 RST_STREAM on stream 0", c -> c.frame(RST_STREAM, 0, 0, int32(8)), PROTOCOL),
        row(
            "6.4 RST_STREAM of three bytes",
            c -> c.get(1, "/never").frame(RST_STREAM, 0, 1, new byte[3]),
            FRAME_SIZE),
        row(
            "6.5 SETTINGS acknowledged with a payload",
            c -> c.frame(SETTINGS, 1, 0, new byte[6]),
            FRAME_SIZE),
        row("6.5 SETTINGS on a stream", c -> c.frame(SETTINGS, 0, 1, setting(3, 100)), PROTOCOL),
        row("6.5 SETTINGS of three bytes", c -> c.frame(SETTINGS, 0, 0, new byte[3]), FRAME_SIZE),
        row("6.5.2 ENABLE_PUSH 2", c -> c.frame(SETTINGS, 0, 0, setting(2, 2)), PROTOCOL),
        row(
            "6.5.2 INITIAL_WINDOW_SIZE 2^31",
            c -> c.frame(SETTINGS, 0, 0, setting(4, 1 << 31)),
            FLOW_CONTROL),
        row(
            "6.5.2 MAX_FRAME_SIZE 2^14-1",
            c -> c.frame(SETTINGS, 0, 0, setting(5, 16_383)),
            PROTOCOL),
        row(
            "6.5.2 MAX_FRAME_SIZE 2^24",
            c -> c.frame(SETTINGS, 0, 0, setting(5, 1 << 24)),
            PROTOCOL),
        row(
            "6.6 PUSH_PROMISE from a client",
            c -> c.get(1, "/never").frame(PUSH_PROMISE, 4, 1, join(int32(3), get("/a"))),
            PROTOCOL),
        row("6.7 PING on a stream", c -> c.frame(PING, 0, 1, new byte[8]), PROTOCOL),
        row("6.7 PING of six bytes", c -> c.frame(PING, 0, 0, new byte[6]), FRAME_SIZE),
        row("6.8 GOAWAY on a stream", c -> c.frame(GOAWAY, 0, 1, new byte[8]), PROTOCOL),
        row("6.9 WINDOW_UPDATE by 0", c -> c.frame(WINDOW_UPDATE, 0, 0, int32(0)), PROTOCOL),
        row(
            "6.9 WINDOW_UPDATE of three bytes",
            c -> c.frame(WINDOW_UPDATE, 0, 0, new byte[3]),
            FRAME_SIZE),
        row(
            "6.9.1 the connection's window beyond 2^31-1",
            c ->
                c.frame(WINDOW_UPDATE, 0, 0, int32(Integer.MAX_VALUE))
                    .frame(WINDOW_UPDATE, 0, 0, int32(Integer.MAX_VALUE)),
            FLOW_CONTROL),
        row(
            "6.10 another frame amid a block",
            c ->
                c.frame(HEADERS, 1, 1, get("/a"))
                    .frame(CONTINUATION, 0, 1, block("a", "b"))
                    .frame(DATA, 1, 1, new byte[1]),
            PROTOCOL),
        row(
            "6.10 CONTINUATION on stream 0",
            c -> c.frame(HEADERS, 1, 1, get("/a")).frame(CONTINUATION, 4, 0, block("a", "b")),
            PROTOCOL),
        row(
            "6.10 CONTINUATION behind a whole block",
            c ->
                c.headers(1, false, request("POST", "/a"))
                    .frame(CONTINUATION, 4, 1, block("a", "b")),
            PROTOCOL),
        row(
            "6.10 CONTINUATION behind the last one",
            c ->
                c.frame(HEADERS, 0, 1, get("/a"))
                    .frame(CONTINUATION, 4, 1, block("a", "b"))
                    .frame(CONTINUATION, 4, 1, block("a", "b")),
            PROTOCOL),
        row(
            "6.10 CONTINUATION behind DATA",
            c ->
                c.headers(1, false, request("POST", "/a"))
                    .frame(DATA, 0, 1, new byte[1])
                    .frame(CONTINUATION, 4, 1, block("a", "b")),
            PROTOCOL),
        row(
            "HPACK 2.3.3 an index out of range",
            c -> c.frame(HEADERS, 5, 1, join(get("/a"), bytes(0xff, 0x7f))),
            COMPRESSION),
        row(
            "HPACK 4.2 a table's size behind fields",
            c -> c.frame(HEADERS, 5, 1, join(get("/a"), bytes(0x20))),
            COMPRESSION),
        row(
            "HPACK 5.2 padding of eight bits",
            c ->
                c.frame(
                    HEADERS, 5, 1, join(get("/a"), bytes(0, 1, 'x', 0x84, 0xff, 0xff, 0xff, 0xff))),
            COMPRESSION),
        row(
            "HPACK 6.1 index 0",
            c -> c.frame(HEADERS, 5, 1, join(get("/a"), bytes(0x80))),
            COMPRESSION),
        row(
            "HPACK 6.3 a table larger than allowed",
            c -> c.frame(HEADERS, 5, 1, join(bytes(0x3f, 0xe2, 0x7f), get("/a"))),
            COMPRESSION));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("connectionErrors")
  void case44EndsTheConnection(String what, Attack attack, List<Integer> codes) throws Exception {
    try (H2Client client = new H2Client(server.port())) {
      try {
        attack.send(client);
        client.flush();
      } catch (IOException closedAlready) {
        // the reason is still to be read
      }
      int code = goAway(client);
      assertTrue(code == CLOSED || codes.contains(code), what + ": " + code);
    }
  }

  private static int goAway(H2Client client) {
    try {
      while (true) {
        Frame frame = client.read();
        if (frame.type() == GOAWAY) {
          client.awaitClose();
          return frame.code();
        }
      }
    } catch (IOException closed) {
      return CLOSED;
    }
  }

  static Stream<Arguments> streamErrors() {
    return Stream.of(
        row(
            "4.2 DATA larger than allowed",
            c -> c.headers(1, false, request("POST", "/a")).frame(DATA, 1, 1, new byte[16_385]),
            FRAME_SIZE),
        row(
            "5.1 DATA on a half-closed stream",
            c -> c.get(1, "/never").frame(DATA, 1, 1, new byte[1]),
            STREAM_CLOSED),
        row(
            "5.1 a request on a half-closed stream",
            c -> c.get(1, "/never").get(1, "/a"),
            STREAM_CLOSED,
            PROTOCOL),
        row(
            "5.1 HEADERS on a half-closed stream",
            c -> c.get(1, "/never").headers(1, true, "x", "y"),
            STREAM_CLOSED,
            PROTOCOL),
        row(
            "5.1 DATA behind RST_STREAM",
            c ->
                c.headers(1, false, request("POST", "/never"))
                    .frame(RST_STREAM, 0, 1, int32(8))
                    .frame(DATA, 1, 1, new byte[1]),
            STREAM_CLOSED),
        row(
            "5.3.1 HEADERS that depend on themselves",
            c -> c.frame(HEADERS, 5 | WITH_PRIORITY, 1, join(bytes(0, 0, 0, 1, 15), get("/a"))),
            PROTOCOL),
        row(
            "5.3.1 PRIORITY that depends on itself",
            c -> c.get(1, "/never").frame(PRIORITY, 0, 1, bytes(0, 0, 0, 1, 15)),
            PROTOCOL),
        row(
            "6.3 PRIORITY of four bytes",
            c -> c.get(1, "/never").frame(PRIORITY, 0, 1, new byte[4]),
            FRAME_SIZE),
        row(
            "6.9 WINDOW_UPDATE by 0",
            c -> c.get(1, "/never").frame(WINDOW_UPDATE, 0, 1, int32(0)),
            PROTOCOL),
        row(
            "6.9.1 a stream's window beyond 2^31-1",
            c ->
                c.get(1, "/never")
                    .frame(WINDOW_UPDATE, 0, 1, int32(Integer.MAX_VALUE))
                    .frame(WINDOW_UPDATE, 0, 1, int32(Integer.MAX_VALUE)),
            FLOW_CONTROL),
        row(
            "8.1 HEADERS amid a body without its end",
            c -> c.headers(1, false, request("POST", "/a")).headers(1, false, "x", "y"),
            PROTOCOL),
        row(
            "8.1 more pieces than declared",
            c ->
                c.headers(1, false, request("POST", "/a", "content-length", "1"))
                    .frame(DATA, 0, 1, new byte[1])
                    .frame(DATA, END_STREAM, 1, new byte[1]),
            PROTOCOL));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streamErrors")
  void case44ResetsTheStream(String what, Attack attack, List<Integer> codes) throws Exception {
    try (H2Client client = new H2Client(server.port())) {
      attack.send(client);
      client.flush();
      int code = CLOSED;
      try {
        while (code == CLOSED) {
          Frame frame = client.read();
          if (frame.type() == RST_STREAM || frame.type() == GOAWAY) {
            code = frame.code();
          }
          assertFalse(frame.type() == DATA, what + " was served");
        }
      } catch (IOException closed) {
        return; // also an answer
      }
      assertTrue(codes.contains(code), what + ": " + code);
    }
  }

  static Stream<Arguments> tolerated() {
    return Stream.of(
        row("4.1 an unknown frame", c -> c.frame(0x16, 0, 0, new byte[8])),
        row("4.1 unknown flags", c -> c.frame(PING, 0x16, 0, new byte[8])),
        row(
            "4.2 the largest frame",
            c -> c.headers(3, false, request("POST", "/b")).frame(DATA, 1, 3, new byte[16_384])),
        row("5.1 PRIORITY on an idle stream", c -> c.frame(PRIORITY, 0, 3, bytes(0, 0, 0, 0, 1))),
        row(
            "5.1 PRIORITY, RST_STREAM and WINDOW_UPDATE on a stream that is over",
            c ->
                c.get(1, "/b")
                    .flush()
                    .frame(RST_STREAM, 0, 1, int32(8))
                    .frame(PRIORITY, 0, 1, bytes(0, 0, 0, 0, 1))
                    .frame(WINDOW_UPDATE, 0, 1, int32(1))),
        row(
            "6.1 padding",
            c ->
                c.headers(3, false, request("POST", "/b"))
                    .frame(DATA, 1 | PADDED, 3, bytes(2, 7, 0, 0))),
        row(
            "6.2 padding and priority",
            c ->
                c.frame(
                    HEADERS,
                    5 | PADDED | WITH_PRIORITY,
                    3,
                    join(bytes(1, 0, 0, 0, 0, 15), get("/b"), bytes(0)))),
        row("6.5.2 an unknown setting", c -> c.frame(SETTINGS, 0, 0, setting(0xff, 1))),
        row("6.7 an acknowledgement of no PING", c -> c.frame(PING, 1, 0, new byte[8])),
        row(
            "6.10 a block in pieces",
            c ->
                c.frame(HEADERS, 1, 3, get("/b"))
                    .frame(CONTINUATION, 0, 3, block("a", "b"))
                    .frame(CONTINUATION, END_HEADERS, 3, block("c", "d"))),
        row(
            "7 an unknown error code",
            c -> c.get(3, "/never").frame(RST_STREAM, 0, 3, int32(0xff))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tolerated")
  void case44IsServedAllTheSame(String what, Attack attack, List<Integer> none) throws Exception {
    try (H2Client client = new H2Client(server.port())) {
      attack.send(client);
      client.get(9, "/a").flush();
      assertEquals("ok0", client.await(DATA, 9).text(), what);
    }
  }

  @Test
  void case44AnotherPrefaceEndsTheConnection() throws Exception {
    try (RawClient client = new RawClient(server.port(), "h2")) {
      client.send("INVALID CONNECTION PREFACE\r\n\r\n").untilClosed();
    }
  }

  @Test
  void case44PingsAndSettingsAreAcknowledged() throws Exception {
    byte[] told = "12345678".getBytes(StandardCharsets.US_ASCII);
    try (H2Client client = new H2Client(server.port())) {
      client.await(frame -> frame.type() == SETTINGS && frame.flags() == 1);
      client.frame(PING, 0, 0, told).flush();
      assertEquals("12345678", client.await(f -> f.type() == PING && f.flags() == 1).text());
    }
  }

  @Test
  void case44WindowsAreKeptToTheByte() throws Exception {
    // The last of several values counts: a window of one byte, then one more, then all.
    try (H2Client client = new H2Client(server.port(), 4, 100, 4, 1)) {
      client.get(1, "/a").flush();
      assertEquals("o", client.await(DATA, 1).text());
      client.frame(WINDOW_UPDATE, 0, 1, int32(1)).flush();
      assertEquals("k", client.await(DATA, 1).text());
      client.frame(SETTINGS, 0, 0, setting(4, 3)).flush();
      Frame last = client.await(DATA, 1);
      assertEquals("0", last.text());
    }
  }

  @Test
  void case44AWindowMayBecomeNegative() throws Exception {
    try (H2Client client = new H2Client(server.port(), 4, 2)) {
      client.get(1, "/a").flush();
      assertEquals("ok", client.await(DATA, 1).text());
      client.frame(SETTINGS, 0, 0, setting(4, 0));
      client.frame(WINDOW_UPDATE, 0, 1, int32(2)).frame(PING, 0, 0, new byte[8]).flush();
      client.await(
          frame -> {
            assertFalse(frame.type() == DATA, "sent beyond the window");
            return frame.type() == PING;
          });
      client.frame(WINDOW_UPDATE, 0, 1, int32(1)).flush();
      assertEquals("0", client.await(DATA, 1).text());
    }
  }
}
