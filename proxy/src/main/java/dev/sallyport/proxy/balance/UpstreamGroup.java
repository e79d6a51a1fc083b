package dev.sallyport.proxy.balance;

import dev.sallyport.config.routes.UpstreamTimeouts;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The endpoints of one upstream as one. Any thread. */
public final class UpstreamGroup implements Upstream {

  private final GroupSettings settings;
  private final List<GroupEndpoint> endpoints;
  private final SmoothRotation rotation;
  private final ConnectionLimit limit;
  private final Pulse pulse;
  private final GroupObserver observer;

  /**
   * @param endpoints one to 64
   */
  public UpstreamGroup(
      GroupSettings settings, List<GroupEndpoint> endpoints, GroupObserver observer) {
    this.settings = settings;
    this.endpoints = List.copyOf(endpoints);
    this.rotation =
        new SmoothRotation(endpoints.stream().mapToInt(GroupEndpoint::weight).toArray());
    this.limit = new ConnectionLimit(settings.maxConnections());
    this.pulse = new Pulse(shortest(settings.timeouts()));
    this.observer = observer;
  }

  private static Duration shortest(UpstreamTimeouts timeouts) {
    return Stream.of(timeouts.connect(), timeouts.response(), timeouts.idle())
        .filter(each -> !each.isZero())
        .min(Duration::compareTo)
        .orElse(Duration.ofSeconds(5));
  }

  public String name() {
    return settings.name();
  }

  public List<GroupEndpoint> endpoints() {
    return endpoints;
  }

  /** Requests and tunnels that run now. */
  public int running() {
    return limit.running();
  }

  /** Whether there is an endpoint to send anything to. */
  boolean available() {
    for (int i = 0; i < endpoints.size(); i++) {
      if (endpoints.get(i).healthy()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
    return open(loop, request, receiver, false);
  }

  private UpstreamExchange open(
      EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver, boolean nameless) {
    GroupExchange exchange = new GroupExchange(this, loop, request, receiver, nameless);
    exchange.start();
    return exchange;
  }

  /**
   * The same endpoints, asked with our own credential and on nobody's behalf. What the client sends
   * must not pass: nobody looks for headers of identities in it.
   */
  public Upstream nameless() {
    return new Upstream() {
      @Override
      public UpstreamExchange open(
          EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
        return UpstreamGroup.this.open(loop, request, receiver, true);
      }

      @Override
      public void close() {}
    };
  }

  /**
   * The endpoint whose turn it is; null for none.
   *
   * @param tried a bit for each that has failed this request
   */
  @Nullable GroupEndpoint pick(long tried) {
    if (endpoints.size() == 1) {
      GroupEndpoint only = endpoints.get(0);
      return tried == 0 && only.healthy() ? only : null;
    }
    int index = rotation.next(i -> fit(i, tried) && !endpoints.get(i).rests());
    if (index < 0) {
      index = rotation.next(i -> fit(i, tried));
    }
    return index < 0 ? null : endpoints.get(index);
  }

  private boolean fit(int index, long tried) {
    return (tried >> index & 1) == 0 && endpoints.get(index).healthy();
  }

  long bit(GroupEndpoint endpoint) {
    return 1L << endpoints.indexOf(endpoint);
  }

  GroupSettings settings() {
    return settings;
  }

  ConnectionLimit limit() {
    return limit;
  }

  Pulse pulse() {
    return pulse;
  }

  GroupObserver observer() {
    return observer;
  }

  @Override
  public void close() {
    endpoints.forEach(GroupEndpoint::close);
  }
}
