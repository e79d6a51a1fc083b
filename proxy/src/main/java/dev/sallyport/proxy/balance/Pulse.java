package dev.sallyport.proxy.balance;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a group's running exchanges from time to time: one timer for each event loop that has
 * any, so that a request costs none.
 */
final class Pulse {

  private static final long LONGEST_NANOS = 1_000_000_000L;
  private static final long SHORTEST_NANOS = 10_000_000L;

  private final Map<EventLoop, Loop> loops = new ConcurrentHashMap<>();
  private final long intervalNanos;

  /**
   * @param shortest of the times that are watched; exchanges are looked at several times as often
   */
  Pulse(Duration shortest) {
    this.intervalNanos = Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, shortest.toNanos() / 4));
  }

  /** On the exchange's loop. */
  void add(GroupExchange exchange) {
    loops.computeIfAbsent(exchange.loop(), Loop::new).add(exchange);
  }

  /** On the exchange's loop. */
  void remove(GroupExchange exchange) {
    Loop loop = loops.get(exchange.loop());
    if (loop != null) {
      loop.remove(exchange);
    }
  }

  /** The exchanges of one loop, linked by themselves. */
  private final class Loop implements Runnable {
    private final EventLoop loop;
    private @Nullable GroupExchange first;
    private @Nullable Future<?> timer;

    Loop(EventLoop loop) {
      this.loop = loop;
    }

    void add(GroupExchange exchange) {
      GroupExchange head = first;
      exchange.next = head;
      if (head != null) {
        head.previous = exchange;
      }
      first = exchange;
      if (timer == null) {
        timer =
            loop.scheduleWithFixedDelay(this, intervalNanos, intervalNanos, TimeUnit.NANOSECONDS);
      }
    }

    void remove(GroupExchange exchange) {
      GroupExchange before = exchange.previous;
      GroupExchange after = exchange.next;
      if (before != null) {
        before.next = after;
      } else if (first == exchange) {
        first = after;
      }
      if (after != null) {
        after.previous = before;
      }
      exchange.previous = null;
      exchange.next = null;
    }

    @Override
    public void run() {
      GroupExchange each = first;
      Future<?> running = timer;
      if (each == null && running != null) {
        running.cancel(false); // a loop that is busy now and then keeps its timer meanwhile
        timer = null;
      }
      long now = System.nanoTime();
      while (each != null) {
        GroupExchange after = each.next;
        each.look(now);
        each = after;
      }
    }
  }
}
