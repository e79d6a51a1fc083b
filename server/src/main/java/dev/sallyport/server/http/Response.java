package dev.sallyport.server.http;

import dev.sallyport.api.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is answered. A HEAD request's body is left out by the writer, its length kept. */
public sealed interface Response {

  int status();

  ResponseHeaders headers();

  /**
   * A response that is all there.
   *
   * @param segments the body's parts in order; shared, never changed
   * @param json what the body says as JSON on one line, whatever form it has; null where that is
   *     not at hand
   * @param told the refusal or success it says, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, only read
  record Buffered(
      int status,
      ResponseHeaders headers,
      List<Segment> segments,
      byte @Nullable [] json,
      @Nullable Status told)
      implements Response {

    public Buffered(int status, ResponseHeaders headers, List<Segment> segments) {
      this(status, headers, segments, null, null);
    }

    /** Bytes of the body. */
    public long length() {
      long length = 0;
      for (int i = 0; i < segments.size(); i++) {
        length += segments.get(i).length();
      }
      return length;
    }
  }

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

    /** Called instead of {@link #start} when somebody else has answered meanwhile. Any thread. */
    default void abandoned() {}
  }
}
