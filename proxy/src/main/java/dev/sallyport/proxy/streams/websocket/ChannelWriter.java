package dev.sallyport.proxy.streams.websocket;

import dev.sallyport.proxy.streams.ChannelProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.base64.Base64;
import io.netty.handler.codec.base64.Base64Dialect;

/** Writes messages on numbered channels. What it answers belongs to the caller. One thread. */
public final class ChannelWriter {

  private final boolean base64;
  private final WebSocketWriter frames;

  /**
   * @param masked whether to write as a client
   */
  public ChannelWriter(ByteBufAllocator buffers, ChannelProtocol protocol, boolean masked) {
    this.base64 = protocol.base64();
    this.frames = new WebSocketWriter(buffers, masked);
  }

  /** A message; takes the bytes' ownership. */
  public ByteBuf message(int channel, ByteBuf bytes) {
    if (!base64) {
      return frames.binary(channel, bytes);
    }
    ByteBuf encoded = Base64.encode(bytes, false, Base64Dialect.STANDARD);
    bytes.release();
    ByteBuf digit = Unpooled.buffer(1).writeByte('0' + channel);
    return frames.text(Unpooled.wrappedBuffer(digit, encoded));
  }

  /** Says that a channel is at its end, where the protocol can. */
  public ByteBuf end(int channel) {
    return frames.binary(ChannelMessages.CLOSE, Unpooled.buffer(1).writeByte(channel));
  }

  /** The answer to a ping. */
  public ByteBuf pong(ByteBuf payload) {
    return frames.pong(payload);
  }

  /**
   * The last frame.
   *
   * @param code why, as RFC 6455 numbers the reasons
   */
  public ByteBuf close(int code) {
    return frames.close(code);
  }
}
