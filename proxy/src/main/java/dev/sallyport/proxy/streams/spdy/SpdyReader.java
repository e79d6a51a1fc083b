package dev.sallyport.proxy.streams.spdy;

import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.StreamReader;
import dev.sallyport.proxy.streams.UnreadBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.spdy.SpdyFrameDecoder;
import io.netty.handler.codec.spdy.SpdyVersion;

/**
 * Reads one direction of a session from bytes as they come. Keeps at most one piece of a frame (8
 * KiB) and one header block. One thread; {@link #close} when the session is over.
 */
public final class SpdyReader implements StreamReader {

  private static final int MAX_PIECE = 8192;

  /** Kubernetes sends none. */
  private static final int MAX_SETTINGS = 32;

  private final UnreadBytes unread;
  private final FrameListener listener;
  private final SpdyFrameDecoder decoder;
  private boolean reading;
  private boolean closed;

  public SpdyReader(ByteBufAllocator buffers, SpdyEvents events) {
    this.unread = new UnreadBytes(buffers);
    this.listener = new FrameListener(events);
    this.decoder = new SpdyFrameDecoder(SpdyVersion.SPDY_3_1, listener, MAX_PIECE, MAX_SETTINGS);
  }

  @Override
  public void read(ByteBuf bytes) throws StreamException {
    if (closed) {
      bytes.release();
      return;
    }
    reading = true;
    try {
      decoder.decode(unread.add(bytes));
    } finally {
      reading = false;
      unread.settle(closed);
    }
    if (!closed) {
      listener.check();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      listener.close();
      if (!reading) {
        unread.release();
      }
    }
  }
}
