package dev.sallyport.proxy.streams.websocket;

import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;

/**
 * Hears the messages of one direction. What is thrown ends the connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455">RFC 6455</a>
 */
public interface WebSocketEvents {

  /** A message begins; its pieces and its end follow. */
  void began(boolean text) throws StreamException;

  /** A piece of the current message; the listener owns it. */
  void piece(ByteBuf bytes) throws StreamException;

  /** The current message is complete. */
  void ended() throws StreamException;

  /**
   * A ping that wants a pong with the same bytes.
   *
   * @param payload at most 125 bytes; valid only during the call
   */
  default void ping(ByteBuf payload) throws StreamException {}

  /** The peer closes the connection. */
  default void closed() throws StreamException {}
}
