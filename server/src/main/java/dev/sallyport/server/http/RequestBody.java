package dev.sallyport.server.http;

import dev.sallyport.api.Answer;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, unread until somebody asks: nothing is taken off the network before
 * authorization has passed (100-continue is sent at the first read). Read it once, either whole or
 * as a stream; whatever is left is drained or the connection closed when the response has ended.
 */
public interface RequestBody {

  /** The declared length in bytes; 0 without a body, -1 when it is not known beforehand. */
  long declaredLength();

  /**
   * The whole body. Fails with a 413 StatusException as soon as it is longer, before more is read.
   *
   * @param limit bytes
   */
  Answer<byte[]> read(int limit);

  /** Streams the body. Pieces come only as {@link Flow#request} asks for them. */
  void stream(Sink sink);

  /** Receives pieces on the connection's event loop. */
  interface Sink {

    void started(Flow flow);

    /** One piece; the sink owns the buffer and releases it. */
    void data(ByteBuf piece);

    void ended();

    /**
     * The body is whole and fields came behind it.
     *
     * @param trailers names in lower case and values, side by side; never one that identifies,
     *     frames or routes the request
     */
    default void ended(List<String> trailers) {
      ended();
    }

    /**
     * Whether a client may take its time between two pieces, as in a call that streams both ways.
     */
    default boolean patient() {
      return false;
    }

    /** The client broke off. */
    void failed(Throwable cause);
  }

  /** Asks for pieces. */
  interface Flow {
    /** Wants one more piece. Any thread. */
    void request();

    /** Wants no more: the rest is drained or the connection closed. */
    void cancel(@Nullable Throwable cause);
  }
}
