package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;

/** One tunnel's bytes, recoded both ways. On its event loop only. */
interface Translation {

  /** Both sides have switched protocols. */
  void start();

  /** Takes ownership. */
  void fromClient(ByteBuf bytes) throws StreamException;

  /** Takes ownership. */
  void fromUpstream(ByteBuf bytes) throws StreamException;

  /** The upstream has closed its side. */
  void upstreamEnded();

  /** Whether what the client says can be passed on now. */
  boolean upstreamReady();

  /** Whether what the upstream says can be passed on now. */
  boolean clientReady();

  void close();
}
