package dev.sallyport.server.http;

import dev.sallyport.api.Status;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is answered. A HEAD request's body is left out by the writer, its length kept. */
public sealed interface Response {

  int status();

  ResponseHeaders headers();

  /** Tells an answer's writer that somebody else has answered meanwhile. Any thread. */
  default void abandoned() {}

  /**
   * The same answer, whose stream is shown to the watcher just before it starts; one that is all
   * there has none.
   */
  default Response watched(Consumer<? super ResponseStream> watcher) {
    return this;
  }

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
      implements Response {

    @Override
    public void abandoned() {
      writer.abandoned();
    }

    @Override
    public Response watched(Consumer<? super ResponseStream> watcher) {
      return new Streamed(status, headers, length, new WatchedStream(writer, watcher));
    }
  }

  /**
   * The connection turns into a tunnel (101). Only HTTP/1.1 can do that; what the client has sent
   * behind its request becomes the tunnel's first bytes.
   *
   * @param headers with {@code upgrade} naming the protocol; {@code connection} is the writer's
   *     business
   */
  record Switched(ResponseHeaders headers, TunnelWriter writer) implements Response {

    @Override
    public int status() {
      return 101;
    }

    @Override
    public void abandoned() {
      writer.abandoned();
    }

    @Override
    public Response watched(Consumer<? super ResponseStream> watcher) {
      return new Switched(headers, new WatchedTunnel(writer, watcher));
    }
  }

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

  /** Called once on the event loop when 101 has been written. */
  interface TunnelWriter {
    void start(Tunnel tunnel);

    /** Called instead of {@link #start} when there will be no tunnel. Any thread. */
    default void abandoned() {}
  }
}
