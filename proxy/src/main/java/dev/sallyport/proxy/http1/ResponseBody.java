package dev.sallyport.proxy.http1;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes one response's body out of the connection's bytes and nothing behind it. */
interface ResponseBody {

  /**
   * The next piece, a retained slice of the input, or null when more input is needed or the body
   * has ended. What frames the pieces is taken as far as it has come.
   *
   * @throws MalformedResponse when the framing is broken
   */
  @Nullable ByteBuf decode(ByteBuf in);

  boolean ended();

  /** Whether the connection's end is the body's. */
  default boolean endsWithConnection() {
    return false;
  }

  /** The fields behind an ended body: names in lower case and values, side by side. */
  default List<String> trailers() {
    return List.of();
  }

  /**
   * @param without whether there is none, such as after HEAD
   */
  static ResponseBody of(ResponseHead head, boolean without) {
    if (without || head.bodiless()) {
      return new FixedBody(0);
    }
    if (head.chunked()) {
      return new ChunkedBody();
    }
    return head.length() >= 0 ? new FixedBody(head.length()) : new OpenBody();
  }
}
