package dev.sallyport.server.response;

import io.netty.buffer.ByteBuf;

/**
 * A body that is made piece by piece. Asked by one thread at a time, though not always by the same;
 * closed once, when nobody is going to ask any more.
 */
public interface Pieces extends AutoCloseable {

  /**
   * Adds the next piece, about as much as the buffer has room for.
   *
   * @return whether there is more
   */
  boolean fill(ByteBuf out);

  @Override
  default void close() {}
}
