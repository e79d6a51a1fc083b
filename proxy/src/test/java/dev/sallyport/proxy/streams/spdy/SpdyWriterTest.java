package dev.sallyport.proxy.streams.spdy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.handler.codec.spdy.SpdyWindowUpdateFrame;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SpdyWriterTest {

  private final SpdyWriter writer = new SpdyWriter(ByteBufAllocator.DEFAULT);
  private final EmbeddedChannel peer =
      new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));

  @AfterEach
  void close() {
    peer.finishAndReleaseAll();
  }

  private <T> T read(ByteBuf bytes, Class<T> type) {
    peer.writeInbound(bytes);
    return assertInstanceOf(type, peer.readInbound());
  }

  @Test
  void headersOfEveryStreamAreRead() {
    for (int stream = 1; stream < 9; stream += 2) {
      SpdySynStreamFrame opened =
          read(
              writer.open(stream, Map.of("streamtype", "data", "port", "80" + stream)),
              SpdySynStreamFrame.class);
      assertEquals(stream, opened.streamId());
      assertEquals("data", opened.headers().getAsString("streamtype"));
      assertEquals("80" + stream, opened.headers().getAsString("port"));
    }
  }

  @Test
  void dataAndItsEndAreRead() {
    SpdyDataFrame piece =
        read(
            writer.data(3, Unpooled.copiedBuffer("abc", StandardCharsets.US_ASCII)),
            SpdyDataFrame.class);
    assertEquals("abc", piece.content().toString(StandardCharsets.US_ASCII));
    piece.release();
    SpdyDataFrame end = read(writer.end(3), SpdyDataFrame.class);
    assertTrue(end.isLast());
    end.release();
  }

  @Test
  void controlFramesAreRead() {
    assertEquals(5, read(writer.cancel(5), SpdyRstStreamFrame.class).streamId());
    assertEquals(7, read(writer.leave(7), SpdyGoAwayFrame.class).lastGoodStreamId());
    assertEquals(9, read(writer.used(1, 9), SpdyWindowUpdateFrame.class).deltaWindowSize());
    assertEquals(1, read(writer.reply(1), SpdySynReplyFrame.class).streamId());
  }

  /** Go's inflater takes a part for complete at an empty stored block, and wants a count of 0. */
  @Test
  void aReplyWithoutHeadersStillHasABlockThatIsFlushed() throws Exception {
    ByteBuf frame = writer.reply(1);
    byte[] block = ByteBufUtil.getBytes(frame, 12, frame.readableBytes() - 12);
    frame.release();
    Inflater inflater = new Inflater();
    inflater.setInput(block);
    byte[] plain = new byte[16];
    assertEquals(4, inflater.inflate(plain));
    inflater.end();
    assertEquals("000000ffff", ByteBufUtil.hexDump(block, block.length - 5, 5));
  }
}
