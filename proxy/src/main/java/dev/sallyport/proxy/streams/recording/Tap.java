package dev.sallyport.proxy.streams.recording;

import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;

/** Understands what passes, in both directions. What it cannot understand must not pass. */
interface Tap {

  /** Takes ownership of a copy. */
  void fromClient(ByteBuf bytes) throws StreamException;

  /** Takes ownership of a copy. */
  void fromUpstream(ByteBuf bytes) throws StreamException;

  /** The session is over. */
  void close();
}
