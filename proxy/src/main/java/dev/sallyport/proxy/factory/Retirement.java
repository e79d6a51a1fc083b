package dev.sallyport.proxy.factory;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * The end of an upstream that no route leads to any more: its exchanges end by themselves, then its
 * connections are closed.
 */
final class Retirement implements Runnable {

  /** A request that found its route before the change may still be at its authentication. */
  private static final long GRACE_SECONDS = 60;

  private static final long PAUSE_SECONDS = 5;

  private final LiveUpstream upstream;
  private final EventLoop loop;

  Retirement(LiveUpstream upstream, EventLoop loop) {
    this.upstream = upstream;
    this.loop = loop;
  }

  void begin() {
    var unused = loop.schedule(this, GRACE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void run() {
    if (upstream.group().running() == 0) {
      upstream.close();
    } else {
      var unused = loop.schedule(this, PAUSE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
