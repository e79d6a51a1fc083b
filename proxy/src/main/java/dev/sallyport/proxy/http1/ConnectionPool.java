package dev.sallyport.proxy.http1;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Idle connections, apart for each event loop; the one used last is used first. */
final class ConnectionPool {

  static final int MAX_IDLE_PER_LOOP = 128;

  /** Shorter than what backends usually allow, so that few connections die under a request. */
  private static final long MAX_IDLE_NANOS = 30_000_000_000L;

  private final Map<EventLoop, ArrayDeque<UpstreamConnection>> idle = new ConcurrentHashMap<>();
  private final int most;
  private volatile boolean closed;

  /**
   * @param most idle connections of one loop; 0 to keep none
   */
  ConnectionPool(int most) {
    this.most = most;
  }

  /** An idle connection of this loop, or null. On the loop. */
  @Nullable UpstreamConnection take(EventLoop loop) {
    ArrayDeque<UpstreamConnection> own = idle.get(loop);
    if (own == null) {
      return null;
    }
    long now = System.nanoTime();
    for (UpstreamConnection next = own.pollLast(); next != null; next = own.pollLast()) {
      if (next.usable() && now - next.idleSince() < MAX_IDLE_NANOS) {
        dropOldest(own, now);
        return next;
      }
      next.close();
    }
    return null;
  }

  private static void dropOldest(ArrayDeque<UpstreamConnection> own, long now) {
    UpstreamConnection oldest = own.peekFirst();
    if (oldest != null && now - oldest.idleSince() >= MAX_IDLE_NANOS) {
      own.removeFirst();
      oldest.close();
    }
  }

  /** Keeps a connection whose exchange is over. On its loop. */
  void give(UpstreamConnection connection) {
    ArrayDeque<UpstreamConnection> own =
        idle.computeIfAbsent(connection.loop(), loop -> new ArrayDeque<>());
    if (closed || own.size() >= most) {
      connection.close();
    } else {
      own.addLast(connection);
    }
  }

  /** Forgets an idle connection that the backend has closed. On its loop. */
  void forget(UpstreamConnection connection) {
    ArrayDeque<UpstreamConnection> own = idle.get(connection.loop());
    if (own != null) {
      own.remove(connection);
    }
  }

  void close() {
    closed = true;
    idle.forEach(ConnectionPool::closeAll);
  }

  private static void closeAll(EventLoop loop, ArrayDeque<UpstreamConnection> own) {
    if (loop.isShuttingDown()) {
      return; // it closes its connections itself
    }
    loop.execute(
        () -> {
          for (UpstreamConnection each : own.toArray(UpstreamConnection[]::new)) {
            each.close();
          }
        });
  }
}
