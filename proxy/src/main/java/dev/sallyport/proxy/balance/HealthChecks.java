package dev.sallyport.proxy.balance;

import dev.sallyport.config.routes.HealthCheckConfig;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks every endpoint of a group how it is, one after the other's time, in the background. */
public final class HealthChecks implements AutoCloseable {

  private final List<Future<?>> timers = new ArrayList<>();

  /**
   * @param loop one that serves no clients
   */
  public HealthChecks(UpstreamGroup group, HealthCheckConfig config, EventLoop loop) {
    long interval = config.interval().toNanos();
    int count = group.endpoints().size();
    for (int i = 0; i < count; i++) {
      HealthProbe probe = new HealthProbe(group.name(), group.endpoints().get(i), config, loop);
      // Spread over the interval but for the first round, which should say something soon.
      var unused = loop.schedule(probe::ask, 0, TimeUnit.NANOSECONDS);
      long first = interval + interval * i / Math.max(count, 1) / 2;
      timers.add(loop.scheduleAtFixedRate(probe::ask, first, interval, TimeUnit.NANOSECONDS));
    }
  }

  @Override
  public void close() {
    timers.forEach(each -> each.cancel(false));
  }
}
