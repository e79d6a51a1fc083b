package dev.sallyport.server.response;

import dev.sallyport.server.http.Response.Segment;
import io.netty.buffer.ByteBuf;
import java.util.Iterator;

/** Gathers a body from segments that are made as they are needed. */
public final class SegmentPieces implements Pieces {

  private static final byte[] NOTHING = new byte[0];

  private final Iterator<Segment> segments;
  private final Runnable closing;
  private byte[] bytes = NOTHING;
  private int at;
  private int end;

  public SegmentPieces(Iterator<Segment> segments) {
    this(segments, () -> {});
  }

  /**
   * @param closing run when the body is over
   */
  public SegmentPieces(Iterator<Segment> segments, Runnable closing) {
    this.segments = segments;
    this.closing = closing;
  }

  @Override
  public void close() {
    closing.run();
  }

  @Override
  public boolean fill(ByteBuf out) {
    while (at < end || next()) {
      int room = out.writableBytes();
      if (room == 0) {
        return true;
      }
      int count = Math.min(room, end - at);
      out.writeBytes(bytes, at, count);
      at += count;
    }
    return false;
  }

  private boolean next() {
    if (!segments.hasNext()) {
      return false;
    }
    Segment segment = segments.next();
    bytes = segment.bytes();
    at = segment.offset();
    end = at + segment.length();
    return true;
  }
}
