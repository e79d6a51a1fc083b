package dev.sallyport.proxy.streams.websocket;

import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;

/** Hears what one peer says on numbered channels. What is thrown ends the session. */
public interface ChannelListener {

  /** Some bytes, at least one, which the listener owns. */
  void data(int channel, ByteBuf bytes) throws StreamException;

  /** The peer says no more on that channel. */
  void ended(int channel) throws StreamException;

  /** The peer has closed the session. */
  void finished() throws StreamException;
}
