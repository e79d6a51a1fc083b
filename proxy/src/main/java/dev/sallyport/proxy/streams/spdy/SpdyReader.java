package dev.sallyport.proxy.streams.spdy;

import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.spdy.SpdyFrameDecoder;
import io.netty.handler.codec.spdy.SpdyVersion;

/**
 * Reads one direction of a session from bytes as they come. Keeps at most one piece of a frame (8
 * KiB) and one header block. One thread; {@link #close} when the session is over.
 */
public final class SpdyReader implements AutoCloseable {

  private static final int MAX_PIECE = 8192;

  /** Kubernetes sends none. */
  private static final int MAX_SETTINGS = 32;

  private final ByteBufAllocator buffers;
  private final FrameListener listener;
  private final SpdyFrameDecoder decoder;
  private ByteBuf rest = Unpooled.EMPTY_BUFFER;
  private boolean closed;

  public SpdyReader(ByteBufAllocator buffers, SpdyEvents events) {
    this.buffers = buffers;
    this.listener = new FrameListener(events);
    this.decoder = new SpdyFrameDecoder(SpdyVersion.SPDY_3_1, listener, MAX_PIECE, MAX_SETTINGS);
  }

  /** Takes the bytes' ownership. */
  public void read(ByteBuf bytes) throws StreamException {
    if (closed) {
      bytes.release();
      return;
    }
    rest = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(buffers, rest, bytes);
    decoder.decode(rest);
    if (closed) {
      return; // by one of the events
    }
    if (!rest.isReadable()) {
      rest.release();
      rest = Unpooled.EMPTY_BUFFER;
    }
    listener.check();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      rest.release();
      rest = Unpooled.EMPTY_BUFFER;
      listener.close();
    }
  }
}
