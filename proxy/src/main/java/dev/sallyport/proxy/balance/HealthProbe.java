package dev.sallyport.proxy.balance;

import dev.sallyport.config.routes.HealthCheckConfig;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The probes of one endpoint, one at a time. On the background's event loop. */
final class HealthProbe {

  private static final Logger log = LoggerFactory.getLogger(HealthProbe.class);

  private final String upstream;
  private final GroupEndpoint endpoint;
  private final HealthCheckConfig config;
  private final EventLoop loop;
  private @Nullable Probe running;
  private int good;
  private int bad;

  HealthProbe(String upstream, GroupEndpoint endpoint, HealthCheckConfig config, EventLoop loop) {
    this.upstream = upstream;
    this.endpoint = endpoint;
    this.config = config;
    this.loop = loop;
  }

  void ask() {
    if (running == null) {
      Probe probe = new Probe();
      running = probe;
      probe.start();
    }
  }

  private void settled(boolean well, String what) {
    running = null;
    good = well ? good + 1 : 0;
    bad = well ? 0 : bad + 1;
    boolean before = endpoint.healthy();
    if (before && bad >= config.unhealthyAfter()) {
      endpoint.healthy(false);
      log.warn("Upstream {}: {} is left out: {}", upstream, endpoint.address(), what);
    } else if (!before && good >= config.healthyAfter()) {
      endpoint.healthy(true);
      log.info("Upstream {}: {} is back", upstream, endpoint.address());
    }
  }

  /** One question. */
  private final class Probe implements UpstreamReceiver {

    private @Nullable UpstreamExchange exchange;
    private boolean over;

    void start() {
      var alarm =
          loop.schedule(
              () -> finish(false, "no answer in time"),
              config.timeout().toNanos(),
              TimeUnit.NANOSECONDS);
      UpstreamExchange opened =
          endpoint.nameless().open(loop, ProbeRequest.of(config.path()), this);
      exchange = opened;
      if (over) {
        opened.cancel();
        alarm.cancel(false);
      }
    }

    private void finish(boolean well, String what) {
      if (!over) {
        over = true;
        UpstreamExchange asked = exchange;
        if (asked != null) {
          asked.cancel(); // also after an answer: its body is of no interest
        }
        settled(well, what);
      }
    }

    @Override
    public void head(UpstreamHead head) {
      finish(head.status() >= 200 && head.status() < 400, "it answered " + head.status());
    }

    @Override
    public void switched(UpstreamHead head) {
      finish(false, "it switched protocols");
    }

    @Override
    public void failed(UpstreamException cause) {
      finish(false, String.valueOf(cause.getMessage()));
    }

    @Override
    public void ready() {}

    @Override
    public void writable() {}

    @Override
    public void data(ByteBuf piece) {
      piece.release();
    }

    @Override
    public void idle() {}

    @Override
    public void ended(List<String> trailers) {}
  }
}
