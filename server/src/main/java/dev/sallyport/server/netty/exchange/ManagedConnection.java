package dev.sallyport.server.netty.exchange;

import io.netty.channel.Channel;

/** A connection that its listener watches over. All calls come on its event loop. */
public interface ManagedConnection {

  Channel channel();

  /**
   * About once a second: ends what has waited too long.
   *
   * @param now {@link System#nanoTime}
   */
  void tick(long now);

  /** Takes no further request and closes when those that run are answered. */
  void drain();

  /** The server's grace is over: closes at once. */
  default void closeNow() {
    channel().close();
  }
}
