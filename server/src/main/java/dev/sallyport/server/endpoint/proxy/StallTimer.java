package dev.sallyport.server.endpoint.proxy;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs out when something stands still for too long. On its event loop only. */
final class StallTimer {

  private final EventLoop loop;
  private final long nanos;
  private final Runnable action;
  private @Nullable Future<?> alarm;

  StallTimer(EventLoop loop, long nanos, Runnable action) {
    this.loop = loop;
    this.nanos = nanos;
    this.action = action;
  }

  /** From now on it does, or does not, stand still. */
  void minds(boolean standing) {
    Future<?> running = alarm;
    if (standing && running == null) {
      alarm = loop.schedule(action, nanos, TimeUnit.NANOSECONDS);
    } else if (!standing && running != null) {
      running.cancel(false);
      alarm = null;
    }
  }
}
