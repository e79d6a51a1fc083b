package dev.sallyport.proxy.streams.spdy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.spdy.SpdyFrameEncoder;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.util.Map;

/** Writes one direction of a session. What it answers belongs to the caller. One thread. */
public final class SpdyWriter {

  private static final int REFUSED_STREAM = 3;
  private static final int CANCEL = 5;
  private static final byte NO_PRIORITY = 0;
  private static final int LONGEST_STORED = 0xffff;

  private final ByteBufAllocator buffers;
  private final SpdyFrameEncoder encoder = new SpdyFrameEncoder(SpdyVersion.SPDY_3_1);
  private boolean begun;

  public SpdyWriter(ByteBufAllocator buffers) {
    this.buffers = buffers;
  }

  /** SYN_STREAM. */
  public ByteBuf open(int stream, Map<String, String> headers) {
    ByteBuf block = block(headers);
    try {
      return encoder.encodeSynStreamFrame(buffers, stream, 0, NO_PRIORITY, false, false, block);
    } finally {
      block.release();
    }
  }

  /** SYN_REPLY without headers. */
  public ByteBuf reply(int stream) {
    ByteBuf block = block(Map.of());
    try {
      return encoder.encodeSynReplyFrame(buffers, stream, false, block);
    } finally {
      block.release();
    }
  }

  /** DATA; takes the bytes' ownership. */
  public ByteBuf data(int stream, ByteBuf bytes) {
    try {
      return encoder.encodeDataFrame(buffers, stream, false, bytes);
    } finally {
      bytes.release();
    }
  }

  /** No more will come in this direction of the stream. */
  public ByteBuf end(int stream) {
    return encoder.encodeDataFrame(buffers, stream, true, Unpooled.EMPTY_BUFFER);
  }

  public ByteBuf refuse(int stream) {
    return encoder.encodeRstStreamFrame(buffers, stream, REFUSED_STREAM);
  }

  public ByteBuf cancel(int stream) {
    return encoder.encodeRstStreamFrame(buffers, stream, CANCEL);
  }

  public ByteBuf ping(int id) {
    return encoder.encodePingFrame(buffers, id);
  }

  /** That many bytes of the stream, or of the session (0), have been used up. */
  public ByteBuf used(int stream, int bytes) {
    return encoder.encodeWindowUpdateFrame(buffers, stream, bytes);
  }

  /** GOAWAY. */
  public ByteBuf leave(int lastStream) {
    return encoder.encodeGoAwayFrame(buffers, lastStream, 0);
  }

  /**
   * The headers as a part of a zlib stream that stores and compresses nothing: a compressor would
   * keep 256 KiB for each session to save some ten bytes a stream. The empty part at the end is
   * what other implementations' flush leaves there; they wait for it.
   */
  private ByteBuf block(Map<String, String> headers) {
    ByteBuf plain = buffers.buffer(128);
    plain.writeInt(headers.size());
    headers.forEach(
        (name, value) -> {
          text(plain, name);
          text(plain, value);
        });
    if (plain.readableBytes() > LONGEST_STORED) {
      plain.release();
      throw new IllegalArgumentException("headers longer than a stored part");
    }
    ByteBuf block = buffers.buffer(plain.readableBytes() + 12);
    if (!begun) {
      begun = true;
      block.writeShort(0x7801);
    }
    stored(block, plain.readableBytes());
    block.writeBytes(plain);
    stored(block, 0);
    plain.release();
    return block;
  }

  private static void stored(ByteBuf block, int length) {
    block.writeByte(0).writeShortLE(length).writeShortLE(~length);
  }

  private static void text(ByteBuf to, String text) {
    to.writeInt(text.length());
    to.writeCharSequence(text, ISO_8859_1);
  }
}
