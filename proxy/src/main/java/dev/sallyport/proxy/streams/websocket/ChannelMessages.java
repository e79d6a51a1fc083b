package dev.sallyport.proxy.streams.websocket;

import dev.sallyport.proxy.streams.ChannelProtocol;
import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * Kubernetes' messages: the first byte is the channel's number, or 255 and then the number of a
 * channel that has ended (v5). In the base64 form the number is a digit and the rest encoded.
 */
public final class ChannelMessages implements WebSocketEvents {

  /** Says that a channel is at its end. */
  static final int CLOSE = 255;

  /** Bytes of a message in the base64 form, which must be whole to be decoded. */
  private static final int MAX_ENCODED = 1 << 20;

  private final boolean base64;
  private final boolean closes;
  private final ChannelListener listener;
  private final Consumer<ByteBuf> pings;
  private final ByteArrayOutputStream encoded = new ByteArrayOutputStream(0);
  private boolean begun;
  private int channel;

  /**
   * @param pings gets a ping's payload, which is valid only during the call
   */
  public ChannelMessages(
      ChannelProtocol protocol, ChannelListener listener, Consumer<ByteBuf> pings) {
    this.base64 = protocol.base64();
    this.closes = protocol.closes();
    this.listener = listener;
    this.pings = pings;
  }

  @Override
  public void began(boolean text) throws StreamException {
    if (text != base64) {
      throw new StreamException("a message of the wrong type for the agreed protocol");
    }
    begun = false;
    encoded.reset();
  }

  @Override
  public void piece(ByteBuf bytes) throws StreamException {
    if (!begun) {
      begun = true;
      channel = bytes.readUnsignedByte() - (base64 ? '0' : 0);
    }
    if (base64) {
      gather(bytes);
    } else {
      hand(bytes);
    }
  }

  private void gather(ByteBuf bytes) throws StreamException {
    try {
      if (encoded.size() + bytes.readableBytes() > MAX_ENCODED) {
        throw new StreamException("a base64 message is longer than " + MAX_ENCODED + " bytes");
      }
      encoded.writeBytes(ByteBufUtil.getBytes(bytes));
    } finally {
      bytes.release();
    }
  }

  @Override
  public void ended() throws StreamException {
    if (base64 && encoded.size() > 0) {
      try {
        hand(Unpooled.wrappedBuffer(Base64.getDecoder().decode(encoded.toByteArray())));
      } catch (IllegalArgumentException e) {
        throw new StreamException("a message is no base64", e);
      }
    }
  }

  private void hand(ByteBuf bytes) throws StreamException {
    if (channel == CLOSE && closes) {
      close(bytes);
      return;
    }
    if (bytes.isReadable()) {
      listener.data(channel, bytes);
    } else {
      bytes.release();
    }
  }

  private void close(ByteBuf bytes) throws StreamException {
    try {
      if (bytes.isReadable()) {
        listener.ended(bytes.readUnsignedByte());
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void ping(ByteBuf payload) {
    pings.accept(payload);
  }

  @Override
  public void closed() throws StreamException {
    listener.finished();
  }
}
