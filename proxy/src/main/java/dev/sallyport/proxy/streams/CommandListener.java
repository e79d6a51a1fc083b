package dev.sallyport.proxy.streams;

import io.netty.buffer.ByteBuf;

/** Hears what one peer says on a command's channels. What is thrown ends the session. */
public interface CommandListener {

  /** The listener owns the bytes. */
  void data(CommandChannel channel, ByteBuf bytes) throws StreamException;

  /** The peer says no more on that channel. */
  void ended(CommandChannel channel) throws StreamException;

  /** The peer has closed the session. */
  void finished() throws StreamException;
}
