package dev.sallyport.proxy.streams.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;

/** Writes one direction. What it answers belongs to the caller. One thread. */
public final class WebSocketWriter {

  private static final int LAST = 128;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PONG = 10;

  /** The payload is a stranger's: whoever could guess masks could choose bytes on the wire. */
  private static final SecureRandom MASKS = new SecureRandom();

  private final ByteBufAllocator buffers;
  private final boolean masked;

  /**
   * @param masked whether to write as a client
   */
  public WebSocketWriter(ByteBufAllocator buffers, boolean masked) {
    this.buffers = buffers;
    this.masked = masked;
  }

  /** A binary message; takes the payload's ownership. */
  public ByteBuf binary(ByteBuf payload) {
    return frame(BINARY, payload);
  }

  /** A binary message that begins with a channel's number; takes the payload's ownership. */
  public ByteBuf binary(int channel, ByteBuf payload) {
    ByteBuf whole = buffers.buffer(payload.readableBytes() + 1);
    whole.writeByte(channel).writeBytes(payload);
    payload.release();
    return frame(BINARY, whole);
  }

  /** A text message; takes the payload's ownership. */
  public ByteBuf text(ByteBuf payload) {
    return frame(TEXT, payload);
  }

  /** The answer to a ping. */
  public ByteBuf pong(ByteBuf payload) {
    return frame(PONG, buffers.buffer(payload.readableBytes()).writeBytes(payload));
  }

  /**
   * @param code why, as RFC 6455 numbers the reasons
   */
  public ByteBuf close(int code) {
    return frame(CLOSE, buffers.buffer(2).writeShort(code));
  }

  private ByteBuf frame(int opcode, ByteBuf payload) {
    int length = payload.readableBytes();
    ByteBuf head = buffers.buffer(14);
    head.writeByte(LAST | opcode);
    int bit = masked ? 128 : 0;
    if (length < 126) {
      head.writeByte(bit | length);
    } else if (length <= 0xffff) {
      head.writeByte(bit | 126).writeShort(length);
    } else {
      head.writeByte(bit | 127).writeLong(length);
    }
    if (masked) {
      int mask = MASKS.nextInt();
      head.writeInt(mask);
      Masks.apply(payload, mask);
    }
    return Unpooled.wrappedBuffer(head, payload);
  }
}
