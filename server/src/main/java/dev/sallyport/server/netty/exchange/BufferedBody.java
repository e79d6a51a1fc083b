package dev.sallyport.server.netty.exchange;

import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseStream;
import java.util.List;

/** Writes a large body that is all there no faster than the client takes it. */
public final class BufferedBody implements Response.StreamWriter {

  /** What is written between two looks at the client's window. */
  private static final int PIECE = 32 << 10;

  private final List<Response.Segment> segments;
  private int segment;
  private int position;

  public BufferedBody(List<Response.Segment> segments) {
    this.segments = segments;
  }

  /** Bytes of all segments. */
  public static long length(List<Response.Segment> segments) {
    long length = 0;
    for (int i = 0; i < segments.size(); i++) {
      length += segments.get(i).length();
    }
    return length;
  }

  @Override
  public void start(ResponseStream stream) {
    stream.onWritable(() -> write(stream));
    write(stream);
  }

  private void write(ResponseStream stream) {
    while (segment < segments.size()) {
      if (!stream.writable()) {
        stream.flush();
        return;
      }
      Response.Segment current = segments.get(segment);
      int length = Math.min(PIECE, current.length() - position);
      stream.write(current.bytes(), current.offset() + position, length);
      position += length;
      if (position == current.length()) {
        segment++;
        position = 0;
      }
    }
    stream.end();
  }
}
