package dev.sallyport.server.http;

import java.util.List;

/** What is answered. A HEAD request's body is left out by the writer, its length kept. */
public sealed interface Response {

  int status();

  ResponseHeaders headers();

  /**
   * A response that is all there.
   *
   * @param segments the body's parts in order; shared, never changed
   */
  record Buffered(int status, ResponseHeaders headers, List<Segment> segments)
      implements Response {}

  /**
   * A response whose body comes piece by piece: watches and what is passed on.
   *
   * @param length the body's length in bytes, or -1 when it is not known
   */
  record Streamed(int status, ResponseHeaders headers, long length, StreamWriter writer)
      implements Response {}

  /** Some bytes of a shared array. */
  record Segment(byte[] bytes, int offset, int length) {
    public Segment(byte[] bytes) {
      this(bytes, 0, bytes.length);
    }
  }

  /** Called once on the event loop when the head has been written. */
  interface StreamWriter {
    void start(ResponseStream stream);
  }
}
