package dev.sallyport.proxy.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunkedBodyTest {

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Feeds a piece and gives what came out of it; the body must take all up to its end. */
  private static String feed(ChunkedBody body, ByteBuf in) {
    StringBuilder out = new StringBuilder();
    while (in.isReadable() && !body.ended()) {
      ByteBuf piece = body.decode(in);
      if (piece != null) {
        out.append(piece.toString(StandardCharsets.ISO_8859_1));
        piece.release();
      }
    }
    return out.toString();
  }

  @Test
  void readsAnythingInAnyPieces() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder wire = new StringBuilder();
      StringBuilder said = new StringBuilder();
      for (int chunks = random.nextInt(5); chunks > 0; chunks--) {
        String data = "\r\n0;x".repeat(1 + random.nextInt(20)).substring(random.nextInt(4));
        said.append(data);
        String size = Integer.toHexString(data.length());
        wire.append("0".repeat(random.nextInt(3)))
            .append(random.nextBoolean() ? size : size.toUpperCase(java.util.Locale.ROOT))
            .append(random.nextBoolean() ? "" : ";name=value")
            .append("\r\n")
            .append(data)
            .append("\r\n");
      }
      boolean fields = random.nextBoolean();
      wire.append("0\r\n").append(fields ? "X-Sum: 1\r\n" : "").append("\r\n");
      checkInPieces(wire.toString(), said.toString(), fields, random);
    }
  }

  private static void checkInPieces(String wire, String said, boolean fields, Random random) {
    ChunkedBody body = new ChunkedBody();
    StringBuilder heard = new StringBuilder();
    int at = 0;
    while (at < wire.length()) {
      assertFalse(body.ended(), wire);
      int next = Math.min(wire.length(), at + 1 + random.nextInt(9));
      heard.append(feed(body, bytes(wire.substring(at, next))));
      at = next;
    }
    assertTrue(body.ended(), wire);
    assertEquals(said, heard.toString());
    assertEquals(fields ? List.of("x-sum", "1") : List.of(), body.trailers());
  }

  @Test
  void leavesWhatStandsBehind() {
    ByteBuf in = bytes("1\r\na\r\n0\r\n\r\nHTTP/1.1 200 OK");
    ChunkedBody body = new ChunkedBody();
    assertEquals("a", feed(body, in));
    assertTrue(body.ended());
    assertEquals("HTTP/1.1 200 OK", in.toString(StandardCharsets.ISO_8859_1));
  }

  @Test
  void trailersThatFrameAreDropped() {
    ChunkedBody body = new ChunkedBody();
    feed(body, bytes("0\r\nContent-Length: 5\r\nConnection: x\r\nGrpc-Status: 0\r\n\r\n"));
    assertEquals(List.of("grpc-status", "0"), body.trailers());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "x\r\n",
        "-1\r\n",
        "+1\r\n",
        "0x1\r\n",
        " 1\r\n",
        "1 \r\na\r\n",
        "1\na\r\n",
        "1\r\r\n",
        "1\r\nab\r\n",
        "1\r\na\n",
        "1\r\na\rb",
        "1;a=\"b\"\r\n",
        "1;\u0000\r\n",
        "1;a\rb\r\n",
        "ffffffffffffffff\r\n",
        "7fffffffffffffffff\r\n",
        "0\r\nno colon\r\n",
        "0\r\n folded\r\n",
        "0\r\nA: b\n",
        "0\r\nA: \u0000\r\n",
        "0\r\n\n"
      })
  void refuses(String wire) {
    ChunkedBody whole = new ChunkedBody();
    assertThrows(MalformedResponse.class, () -> feed(whole, bytes(wire)));
    ChunkedBody single = new ChunkedBody();
    assertThrows(
        MalformedResponse.class,
        () -> {
          for (char c : wire.toCharArray()) {
            feed(single, bytes(String.valueOf(c)));
          }
        });
  }

  @Test
  void linesAndTrailersAreBounded() {
    String size = "1;" + "a".repeat(300);
    assertThrows(MalformedResponse.class, () -> feed(new ChunkedBody(), bytes(size)));
    String one = "0\r\nA: " + "b".repeat(20_000);
    assertThrows(MalformedResponse.class, () -> feed(new ChunkedBody(), bytes(one)));
    String many = "0\r\n" + "a: b\r\n".repeat(4_000);
    assertThrows(MalformedResponse.class, () -> feed(new ChunkedBody(), bytes(many)));
  }
}
