package dev.sallyport.proxy.streams.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebSocketReaderTest {

  private final List<String> heard = new ArrayList<>();
  private final WebSocketReader client =
      new WebSocketReader(ByteBufAllocator.DEFAULT, true, new Listener());
  private final WebSocketReader server =
      new WebSocketReader(ByteBufAllocator.DEFAULT, false, new Listener());

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private static ByteBuf written(boolean masked, WebSocketFrame... frames) {
    EmbeddedChannel peer = new EmbeddedChannel(new WebSocket13FrameEncoder(masked));
    ByteBuf all = Unpooled.buffer();
    for (WebSocketFrame frame : frames) {
      peer.writeOutbound(frame);
      for (ByteBuf part = peer.readOutbound(); part != null; part = peer.readOutbound()) {
        all.writeBytes(part);
        part.release();
      }
    }
    peer.finishAndReleaseAll();
    return all;
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, US_ASCII);
  }

  private static ByteBuf conversation(boolean masked) {
    return written(
        masked,
        new BinaryWebSocketFrame(false, 0, text("hello ")),
        new PingWebSocketFrame(text("p")),
        new ContinuationWebSocketFrame(true, 0, text("world")),
        new PongWebSocketFrame(text("q")),
        new TextWebSocketFrame(true, 0, text("")),
        new BinaryWebSocketFrame(text("x".repeat(300))),
        new CloseWebSocketFrame(1000, "bye"));
  }

  private static final List<String> EXPECTED =
      List.of(
          "binary",
          "hello ",
          "ping p",
          "world",
          "end",
          "text",
          "end",
          "binary",
          "x".repeat(300),
          "end",
          "closed");

  @Test
  void readsWhatAClientWrites() throws StreamException {
    client.read(conversation(true));
    assertEquals(EXPECTED, heard);
  }

  @Test
  void readsWhatAServerWrites() throws StreamException {
    server.read(conversation(false));
    assertEquals(EXPECTED, heard);
  }

  @Test
  void readsTheSameByteByByte() throws StreamException {
    for (byte b : ByteBufUtil.getBytes(conversation(true))) {
      client.read(Unpooled.wrappedBuffer(new byte[] {b}));
    }
    assertEquals(String.join("", EXPECTED), String.join("", heard));
  }

  /** 100 MB are said to come; what is there is handed on at once. */
  @Test
  void aHugeFrameIsNotGathered() throws StreamException {
    ByteBuf begin = Unpooled.buffer();
    begin.writeByte(0x82).writeByte(127).writeLong(100 << 20).writeBytes(new byte[1000]);
    server.read(begin);
    assertEquals(2, heard.size());
    assertEquals(1000, heard.get(1).length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c200", // an extension's bit
        "8300", // an unknown type
        "8b00", // an unknown control frame
        "8000", // a continuation of nothing
        "020082" + "00", // a message amid another
        "0900", // a ping in parts
        "897e0080", // a long ping
        "827e0001", // a length that is not in its shortest form
        "827f0000000000000001",
        "827f8000000000000000", // a negative length
        "828000000000" // a server that masks
      })
  void refusesWhatServersMustNotSend(String frames) {
    assertThrows(
        StreamException.class,
        () -> server.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(frames))));
  }

  @Test
  void refusesAClientThatDoesNotMask() {
    assertThrows(
        StreamException.class,
        () -> client.read(written(false, new BinaryWebSocketFrame(text("xyzab")))));
  }

  @Test
  void nettyReadsWhatIsWritten() {
    for (boolean masked : new boolean[] {true, false}) {
      WebSocketWriter writer = new WebSocketWriter(ByteBufAllocator.DEFAULT, masked);
      EmbeddedChannel peer =
          new EmbeddedChannel(new WebSocket13FrameDecoder(masked, false, 1 << 20, false));
      for (int length : new int[] {0, 1, 7, 8, 9, 124, 125, 126, 300, 65_535, 65_536, 70_001}) {
        String said = "a".repeat(length);
        peer.writeInbound(writer.binary(4, text(said)));
        BinaryWebSocketFrame read = peer.readInbound();
        assertEquals("\4" + said, read.content().toString(US_ASCII));
        read.release();
      }
      peer.writeInbound(writer.close(1011));
      CloseWebSocketFrame closed = peer.readInbound();
      assertEquals(1011, closed.statusCode());
      closed.release();
      peer.finishAndReleaseAll();
    }
  }

  /** The example of RFC 6455, 1.3. */
  @Test
  void acceptsAKey() {
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WebSocketKeys.accept("dGhlIHNhbXBsZSBub25jZQ=="));
  }

  /** Writes down what it hears. */
  private final class Listener implements WebSocketEvents {
    @Override
    public void began(boolean text) {
      heard.add(text ? "text" : "binary");
    }

    @Override
    public void piece(ByteBuf bytes) {
      heard.add(bytes.toString(US_ASCII));
      bytes.release();
    }

    @Override
    public void ended() {
      heard.add("end");
    }

    @Override
    public void ping(ByteBuf payload) {
      heard.add("ping " + payload.toString(US_ASCII));
    }

    @Override
    public void closed() {
      heard.add("closed");
    }
  }
}
