package dev.sallyport.proxy.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseParserTest {

  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nServer:nginx\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
          + "CONTENT-Type: \t text/plain \r\nX-Empty:\r\nConnection: keep-alive\r\n"
          + "X-Own: \u00fc\r\nContent-Length: 5\r\n\r\n";

  private final ResponseParser parser = new ResponseParser();

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
  }

  private @Nullable ResponseHead parse(String text) {
    return parser.parse(bytes(text));
  }

  private ResponseHead whole(String text) {
    ResponseHead head = parse(text);
    assertNotNull(head, text);
    return head;
  }

  private static void expected(ResponseHead head) {
    assertEquals(200, head.status());
    assertEquals(5, head.length());
    assertEquals(
        List.of("server", "nginx", "content-type", "text/plain", "x-empty", "", "x-own", "ü"),
        head.lines());
  }

  @Test
  void readsTheSameHoweverTheBytesCome() {
    byte[] all = (HEAD + "hello").getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= all.length; cut++) {
      ResponseParser own = new ResponseParser();
      ByteBuf first = Unpooled.wrappedBuffer(all, 0, cut);
      ByteBuf second = Unpooled.wrappedBuffer(all, cut, all.length - cut);
      ResponseHead head = own.parse(first);
      head = head == null ? own.parse(second) : head;
      assertNotNull(head, "cut at " + cut);
      expected(head);
      assertEquals(5, first.readableBytes() + second.readableBytes(), "cut at " + cut);
    }
  }

  @Test
  void readsByteByByteAndOneHeadAfterTheOther() {
    byte[] all = HEAD.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < all.length - 1; i++) {
        assertNull(parser.parse(Unpooled.wrappedBuffer(all, i, 1)));
      }
      ResponseHead head = parser.parse(Unpooled.wrappedBuffer(all, all.length - 1, 1));
      assertNotNull(head);
      expected(head);
      assertFalse(parser.inside());
    }
  }

  @Test
  void takesNothingBehindTheHead() {
    ByteBuf two = bytes("HTTP/1.1 204 None\r\n\r\nHTTP/1.1 200\r\n\r\nx");
    ResponseHead first = parser.parse(two);
    ResponseHead second = parser.parse(two);
    assertNotNull(first);
    assertNotNull(second);
    assertEquals(204, first.status());
    assertEquals(200, second.status());
    assertEquals("x", two.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 200 OK\n",
        "\r\n",
        "\r\nHTTP/1.1 200 OK\r\n",
        "HTTP/1.1  200 OK\r\n",
        "HTTP/1.1 20 OK\r\n",
        "HTTP/1.1 2000\r\n",
        "HTTP/1.1 099 Low\r\n",
        "HTTP/1.1 600 High\r\n",
        "HTTP/1.1 +20 OK\r\n",
        "HTTP/1.2 200 OK\r\n",
        "HTTP/2.0 200 OK\r\n",
        "http/1.1 200 OK\r\n",
        "HTTP/1.1 200 O\u0000K\r\n",
        "HTTP/1.1 200 O\rK\r\n",
        "HTTP/1.1 200 OK\r\n folded: line\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n\tfolded\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n",
        "HTTP/1.1 200 OK\r\n: b\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n",
        "HTTP/1.1 200 OK\r\nA: b\nC: d\r\n",
        "HTTP/1.1 200 OK\r\nA: b\rC: d\r\n",
        "HTTP/1.1 200 OK\r\nA: b\u0000\r\n",
        "HTTP/1.1 200 OK\r\nA: b\u007f\r\n",
        "HTTP/1.1 200 OK\r\nDate: b\u000b\r\n",
        "HTTP/1.1 200 OK\r\nÄ: b\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      })
  void whatCouldBeReadInTwoWaysIsRefused(String head) {
    assertThrows(MalformedResponse.class, () -> parse(head));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, '', true",
    "HTTP/1.1, keep-alive, true",
    "HTTP/1.1, close, false",
    "HTTP/1.1, 'x, Close', false",
    "HTTP/1.0, '', false",
    "HTTP/1.0, Keep-Alive, true",
    "HTTP/1.0, 'keep-alive, close', false"
  })
  void knowsWhetherTheConnectionServesOn(String version, String connection, boolean kept) {
    String line = connection.isEmpty() ? "" : "Connection: " + connection + "\r\n";
    assertEquals(kept, whole(version + " 200 OK\r\n" + line + "\r\n").keepAlive());
  }

  @Test
  void whatConcernsTheConnectionStaysHere() {
    ResponseHead head =
        whole(
            "HTTP/1.1 200 OK\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nProxy-Authenticate: x\r\n"
                + "Trailer: a\r\nx-kept: 2\r\nConnection: X-HOP\r\nConnection: foo\r\n\r\n");
    assertEquals(List.of("x-kept", "2"), head.lines());
  }

  @Test
  void twoEqualLengthsAreOne() {
    assertEquals(
        7, whole("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nContent-Length: 7\r\n\r\n").length());
  }

  @Test
  void upgradeCountsOnlyWhereTheConnectionSaysSo() {
    String head = "HTTP/1.1 101 Switching\r\nUpgrade: SPDY/3.1\r\n";
    assertEquals("", whole(head + "\r\n").upgrade());
    assertEquals("SPDY/3.1", whole(head + "Connection: Upgrade\r\n\r\n").upgrade());
    assertEquals(
        "SPDY/3.1,h2c", whole(head + "Upgrade: h2c\r\nConnection: upgrade\r\n\r\n").upgrade());
  }

  @Test
  void headsAreBounded() {
    String start = "HTTP/1.1 200 OK\r\n";
    String long1 = "A: " + "x".repeat(ResponseParser.MAX_BYTES);
    assertThrows(MalformedResponse.class, () -> parse(start + long1));
    ResponseParser second = new ResponseParser();
    String many = "a: b\r\n".repeat(ResponseParser.MAX_LINES + 1);
    assertThrows(MalformedResponse.class, () -> second.parse(bytes(start + many)));
    ResponseParser third = new ResponseParser();
    String large = "A: " + "x".repeat(100_000) + "\r\n\r\n";
    ResponseHead head = third.parse(bytes(start + large));
    assertNotNull(head);
    assertEquals(100_000, head.lines().get(1).length());
  }
}
