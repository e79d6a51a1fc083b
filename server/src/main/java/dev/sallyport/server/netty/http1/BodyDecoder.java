package dev.sallyport.server.netty.http1;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes one message's body out of the connection's bytes and nothing behind it. */
interface BodyDecoder {

  /**
   * The next piece, a retained slice of the input, or null when more input is needed or the body
   * has ended.
   *
   * @throws dev.sallyport.api.StatusException when the framing is broken
   */
  @Nullable ByteBuf decode(ByteBuf in);

  boolean ended();

  /** Bytes still to come, or -1 when unknown. */
  long remaining();

  /** The fields behind the body, names and values side by side; known when it has ended. */
  default List<String> trailers() {
    return List.of();
  }

  static BodyDecoder of(long length) {
    return length < 0 ? new ChunkedBody() : new FixedBody(length);
  }
}
