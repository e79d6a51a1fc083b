package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;

/** One peer of a command's session, in its protocol. What it says goes to a listener. */
interface CommandEnd {

  void start();

  /** Takes ownership. */
  void read(ByteBuf bytes) throws StreamException;

  /** Takes ownership. */
  void send(CommandChannel channel, ByteBuf bytes);

  /** No more will be sent on that channel. */
  void end(CommandChannel channel);

  /**
   * No more will be sent at all.
   *
   * @param asked whether the peer itself has closed the session
   */
  void finish(boolean asked);

  /** Whether the peer has everything it needs to be sent to. */
  boolean ready();

  void close();
}
