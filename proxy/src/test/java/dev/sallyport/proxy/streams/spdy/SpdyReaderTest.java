package dev.sallyport.proxy.streams.spdy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SpdyReaderTest {

  /** What kubectl 1.32 sends first: SYN_STREAM with the one header {@code streamtype: error}. */
  private static final String KUBECTL =
      "8003000100000029000000010000000000"
          + "0078f9e3c6a7c2626060600"
          + "4a7b392a2d4c45c6851c29a0a0a6800000000ffff";

  private final List<String> heard = new ArrayList<>();
  private final SpdyReader reader = new SpdyReader(ByteBufAllocator.DEFAULT, new Listener());
  private final EmbeddedChannel peer =
      new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));

  @AfterEach
  void close() {
    reader.close();
    peer.finishAndReleaseAll();
  }

  private ByteBuf written(Object... frames) {
    ByteBuf all = Unpooled.buffer();
    for (Object frame : frames) {
      peer.writeOutbound(frame);
      for (ByteBuf part = peer.readOutbound(); part != null; part = peer.readOutbound()) {
        all.writeBytes(part);
        part.release();
      }
    }
    return all;
  }

  private static SpdyHeadersFrame opening(int stream, String... headers) {
    SpdyHeadersFrame frame = new DefaultSpdySynStreamFrame(stream, 0, (byte) 0);
    for (int i = 0; i < headers.length; i += 2) {
      frame.headers().add(headers[i], headers[i + 1]);
    }
    return frame;
  }

  private static SpdyDataFrame data(int stream, String text, boolean last) {
    return new DefaultSpdyDataFrame(stream, Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII))
        .setLast(last);
  }

  private ByteBuf conversation() {
    return written(
        opening(1, "streamtype", "error"),
        opening(3, "streamtype", "data", "port", "80", "requestid", "0"),
        new DefaultSpdySynReplyFrame(2),
        data(3, "hello", false),
        data(3, "", true),
        new DefaultSpdyPingFrame(7),
        new DefaultSpdyRstStreamFrame(1, 5),
        new DefaultSpdyGoAwayFrame(3, 0));
  }

  private static final List<String> EXPECTED =
      List.of(
          "open 1 {streamtype=error}",
          "open 3 {port=80, requestid=0, streamtype=data}",
          "reply 2",
          "data 3 hello",
          "data 3  last",
          "ping 7",
          "reset 1",
          "away");

  @Test
  void readsWhatNettyWrites() throws StreamException {
    reader.read(conversation());
    assertEquals(EXPECTED, heard);
  }

  @Test
  void readsTheSameByteByByte() throws StreamException {
    byte[] bytes = ByteBufUtil.getBytes(conversation());
    for (byte b : bytes) {
      reader.read(Unpooled.wrappedBuffer(new byte[] {b}));
    }
    assertEquals(EXPECTED, heard);
  }

  @Test
  void readsWhatKubectlSends() throws StreamException {
    reader.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(KUBECTL)));
    assertEquals(List.of("open 1 {streamtype=error}"), heard);
  }

  @Test
  void refusesAnotherVersion() {
    byte[] bytes = ByteBufUtil.decodeHexDump(KUBECTL);
    bytes[1] = 2;
    assertThrows(StreamException.class, () -> reader.read(Unpooled.wrappedBuffer(bytes)));
  }

  @Test
  void refusesDataOnStreamZero() {
    byte[] frame = {0, 0, 0, 0, 0, 0, 0, 1, 'x'};
    assertThrows(StreamException.class, () -> reader.read(Unpooled.wrappedBuffer(frame)));
  }

  @Test
  void refusesAStreamOfOneDirection() {
    byte[] bytes = ByteBufUtil.decodeHexDump(KUBECTL);
    bytes[4] = 2;
    assertThrows(StreamException.class, () -> reader.read(Unpooled.wrappedBuffer(bytes)));
    assertEquals(List.of(), heard);
  }

  /** A thousand times as many zeros as bytes: unpacking stops at the bound. */
  @Test
  void aHeaderBlockThatUnpacksToAHundredMegabytesIsRefused() {
    byte[] bomb = deflated(new byte[100 << 20]);
    StreamException refused =
        assertThrows(StreamException.class, () -> reader.read(synStream(1, bomb)));
    assertTrue(refused.toString().contains("SPDY header"), refused.toString());
  }

  /** Four kilobytes packed, four megabytes unpacked. */
  @Test
  void aSmallBombIsRefusedWhileItIsUnpacked() {
    byte[] bomb = deflated(new byte[3 << 20]);
    assertTrue(bomb.length < 4096, "it must pass the bound on packed bytes");
    StreamException refused =
        assertThrows(StreamException.class, () -> reader.read(synStream(1, bomb)));
    assertTrue(refused.toString().contains("unpack to more than"), refused.toString());
  }

  @Test
  void refusesTooManyHeaders() {
    ByteBuf block = Unpooled.buffer();
    block.writeInt(33);
    for (int i = 0; i < 33; i++) {
      block.writeInt(2).writeByte('a' + i / 26).writeByte('a' + i % 26).writeInt(0);
    }
    assertThrows(
        StreamException.class,
        () -> reader.read(synStream(1, deflated(ByteBufUtil.getBytes(block)))));
  }

  @Test
  void refusesHeadersThatAreShorterThanTheySay() {
    byte[] block = {0, 0, 0, 1, 0, 0, 0, 9, 'a'};
    assertThrows(StreamException.class, () -> reader.read(synStream(1, deflated(block))));
  }

  @Test
  void refusesHeadersBehindTheLastOne() {
    byte[] block = {0, 0, 0, 0, 1};
    assertThrows(StreamException.class, () -> reader.read(synStream(1, deflated(block))));
  }

  @Test
  void refusesWhatIsNotCompressed() {
    assertThrows(
        StreamException.class,
        () -> reader.read(synStream(1, "streamtype".getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void nothingIsHeardAfterAFault() {
    ByteBuf both = Unpooled.buffer();
    both.writeBytes(synStream(1, new byte[] {1, 2, 3}));
    both.writeBytes(written(new DefaultSpdyPingFrame(1)));
    assertThrows(StreamException.class, () -> reader.read(both));
    assertEquals(List.of(), heard);
  }

  /** What comes of a frame goes on at once: a frame of 16 MB is never gathered. */
  @Test
  void aHugeDataFrameIsHandedOnInPieces() throws StreamException {
    ByteBuf begin = Unpooled.buffer();
    begin.writeInt(3).writeInt(0xffffff).writeBytes(new byte[20_000]);
    reader.read(begin);
    assertEquals(2, heard.size());
    assertEquals("data 3 ".length() + 8192, heard.get(0).length());
  }

  private static ByteBuf synStream(int stream, byte[] block) {
    return Unpooled.buffer()
        .writeShort(0x8003)
        .writeShort(1)
        .writeInt(10 + block.length)
        .writeInt(stream)
        .writeInt(0)
        .writeShort(0)
        .writeBytes(block);
  }

  private static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater(9);
    deflater.setDictionary(HeaderDictionary.bytes());
    deflater.setInput(plain);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int n = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
    while (n > 0) {
      out.write(buffer, 0, n);
      n = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
    }
    deflater.end();
    return out.toByteArray();
  }

  /** Writes down what it hears. */
  private final class Listener implements SpdyEvents {
    @Override
    public void opened(int stream, boolean last, Map<String, String> headers) {
      heard.add("open " + stream + " " + new TreeMap<>(headers) + (last ? " last" : ""));
    }

    @Override
    public void replied(int stream, boolean last) {
      heard.add("reply " + stream);
    }

    @Override
    public void data(int stream, ByteBuf bytes, boolean last) {
      String text = bytes.toString(StandardCharsets.US_ASCII);
      heard.add("data " + stream + " " + text + (last ? " last" : ""));
      bytes.release();
    }

    @Override
    public void reset(int stream) {
      heard.add("reset " + stream);
    }

    @Override
    public void ping(int id) {
      heard.add("ping " + id);
    }

    @Override
    public void goneAway() {
      heard.add("away");
    }
  }
}
