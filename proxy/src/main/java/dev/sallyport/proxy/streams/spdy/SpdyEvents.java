package dev.sallyport.proxy.streams.spdy;

import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;
import java.util.Map;

/**
 * Hears the frames of one direction of a session. What is thrown ends the session.
 *
 * @see <a href="https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/">SPDY/3.1</a>
 */
public interface SpdyEvents {

  /**
   * SYN_STREAM.
   *
   * @param last whether whoever opens it will send nothing
   * @param headers names in lower case
   */
  void opened(int stream, boolean last, Map<String, String> headers) throws StreamException;

  /** SYN_REPLY. */
  default void replied(int stream, boolean last) throws StreamException {}

  /** DATA, or a part of it; the listener owns the bytes. */
  void data(int stream, ByteBuf bytes, boolean last) throws StreamException;

  /** HEADERS that end a stream's direction. */
  default void ended(int stream) throws StreamException {}

  /** RST_STREAM. */
  default void reset(int stream) throws StreamException {}

  default void ping(int id) throws StreamException {}

  default void goneAway() throws StreamException {}

  /** SETTINGS or WINDOW_UPDATE: the peer counts windows, which Kubernetes' SPDY does not. */
  default void countsWindows() throws StreamException {}
}
