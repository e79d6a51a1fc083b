package dev.sallyport.server.netty.exchange;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener's open connections. One timer per event loop looks after all timeouts of its
 * connections, so that a request costs none.
 */
public final class Connections {

  private final Map<EventLoop, PerLoop> loops = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final CompletableFuture<Void> emptied = new CompletableFuture<>();
  private volatile boolean draining;

  /** On the connection's event loop. */
  public void add(ManagedConnection connection) {
    count.incrementAndGet();
    EventLoop loop = connection.channel().eventLoop();
    loops.computeIfAbsent(loop, PerLoop::new).add(connection);
    if (draining) {
      connection.drain();
    }
  }

  /** On the connection's event loop. */
  public void remove(ManagedConnection connection) {
    PerLoop perLoop = loops.get(connection.channel().eventLoop());
    if (perLoop != null && perLoop.remove(connection)) {
      count.decrementAndGet();
      checkEmpty();
    }
  }

  public int count() {
    return count.get();
  }

  /** Drains every connection; the stage ends when none is left. Any thread. */
  public CompletionStage<Void> drain() {
    draining = true;
    each(ManagedConnection::drain);
    checkEmpty();
    return emptied;
  }

  /** Closes what is left at once. Any thread. */
  public void closeNow() {
    each(ManagedConnection::closeNow);
  }

  private void each(Consumer<ManagedConnection> action) {
    loops.forEach((loop, perLoop) -> loop.execute(() -> perLoop.each(action)));
  }

  private void checkEmpty() {
    if (draining && count.get() == 0) {
      emptied.complete(null);
    }
  }

  private static final class PerLoop {
    private final EventLoop loop;
    private final Set<ManagedConnection> open = new LinkedHashSet<>();
    private @Nullable ScheduledFuture<?> timer;

    PerLoop(EventLoop loop) {
      this.loop = loop;
    }

    void add(ManagedConnection connection) {
      open.add(connection);
      if (timer == null) {
        timer = loop.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
      }
    }

    boolean remove(ManagedConnection connection) {
      boolean known = open.remove(connection);
      if (open.isEmpty() && timer != null) {
        timer.cancel(false);
        timer = null;
      }
      return known;
    }

    private void tick() {
      long now = System.nanoTime();
      each(connection -> connection.tick(now));
    }

    void each(Consumer<ManagedConnection> action) {
      // A copy: closing a connection takes it out of the set.
      for (ManagedConnection connection : open.toArray(ManagedConnection[]::new)) {
        action.accept(connection);
      }
    }
  }
}
