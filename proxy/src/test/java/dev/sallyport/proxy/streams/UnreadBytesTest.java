package dev.sallyport.proxy.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.proxy.streams.spdy.SpdyEvents;
import dev.sallyport.proxy.streams.spdy.SpdyReader;
import dev.sallyport.proxy.streams.websocket.WebSocketEvents;
import dev.sallyport.proxy.streams.websocket.WebSocketReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A long copy whose network pieces never end where its frames do. */
final class UnreadBytesTest {

  private static final int FRAMES = 2000;
  private static final int PAYLOAD = 32_768;

  /** Off from every multiple of a frame's size, so that something is always left over. */
  private static final int PIECE = 16_383;

  private static final long MOST_KEPT = 200_000;

  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
  private long heard;
  private long most;

  private interface Reading {
    void read(ByteBuf bytes) throws StreamException;
  }

  /** Feeds the frames in pieces that end amid one, and minds what is held meanwhile. */
  private void feed(byte[] head, Reading reader) throws StreamException {
    ByteBuf waiting = Unpooled.buffer();
    for (int i = 0; i < FRAMES; i++) {
      waiting.writeBytes(head).writeBytes(new byte[PAYLOAD]);
      while (waiting.readableBytes() > PIECE) {
        reader.read(buffers.buffer(PIECE).writeBytes(waiting, PIECE));
        most = Math.max(most, buffers.metric().usedHeapMemory());
      }
      waiting.discardReadBytes();
    }
    reader.read(buffers.buffer().writeBytes(waiting));
    assertEquals((long) FRAMES * PAYLOAD, heard);
    assertTrue(most < MOST_KEPT, () -> most + " bytes were kept");
  }

  private void take(ByteBuf bytes) {
    heard += bytes.readableBytes();
    bytes.release();
  }

  @Test
  void sixtyMegabytesOfSpdyAreNotKept() throws StreamException {
    try (SpdyReader reader = new SpdyReader(buffers, new Frames())) {
      feed(new byte[] {0, 0, 0, 3, 0, 0, (byte) (PAYLOAD >> 8), 0}, reader::read);
    }
    assertEquals(0, buffers.metric().usedHeapMemory());
  }

  @Test
  void sixtyMegabytesOfMessagesAreNotKept() throws StreamException {
    try (WebSocketReader reader = new WebSocketReader(buffers, false, new Messages())) {
      feed(new byte[] {(byte) 0x82, 126, (byte) (PAYLOAD >> 8), 0}, reader::read);
    }
    assertEquals(0, buffers.metric().usedHeapMemory());
  }

  /** Every piece ends in the head of a frame: one byte is always left. */
  @Test
  void pingsThatAreCutInTwoAreNotKept() throws StreamException {
    try (WebSocketReader reader = new WebSocketReader(buffers, false, new Messages())) {
      reader.read(buffers.buffer().writeByte(0x89));
      for (int i = 0; i < 100_000; i++) {
        ByteBuf cut = buffers.buffer(129).writeByte(125).writeZero(125).writeByte(0x89);
        reader.read(cut);
        most = Math.max(most, buffers.metric().usedHeapMemory());
      }
    }
    assertTrue(most < MOST_KEPT, () -> most + " bytes were kept");
    assertEquals(0, buffers.metric().usedHeapMemory());
  }

  private final class Frames implements SpdyEvents {
    @Override
    public void opened(int stream, boolean last, Map<String, String> headers) {}

    @Override
    public void data(int stream, ByteBuf bytes, boolean last) {
      take(bytes);
    }
  }

  private final class Messages implements WebSocketEvents {
    @Override
    public void began(boolean text) {}

    @Override
    public void piece(ByteBuf bytes) {
      take(bytes);
    }

    @Override
    public void ended() {}
  }
}
