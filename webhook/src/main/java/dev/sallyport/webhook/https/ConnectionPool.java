package dev.sallyport.webhook.https;

import dev.sallyport.webhook.CallException.Kind;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one origin and the calls that wait for one. Every number in it has a cap. On
 * the event loop only.
 */
final class ConnectionPool {

  static final int MAX_CONNECTIONS = 64;
  static final int MAX_WAITING = 1024;
  private static final int MAX_IDLE = 16;

  /** Shorter than servers keep theirs, so that a kept connection is seldom a dead one. */
  private static final long IDLE_SECONDS = 30;

  private record Idle(Connection connection, ScheduledFuture<?> end) {}

  private final EventLoop loop;
  private final Dialer dialer;
  private final Runnable whenEmpty;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Deque<PendingCall> waiting = new ArrayDeque<>();
  private int slots;
  private boolean closed;

  /**
   * @param whenEmpty called when no connection is left and no call waits
   */
  ConnectionPool(EventLoop loop, Dialer dialer, Runnable whenEmpty) {
    this.loop = loop;
    this.dialer = dialer;
    this.whenEmpty = whenEmpty;
  }

  void submit(PendingCall call) {
    Connection kept = takeIdle();
    if (kept == null) {
      submitFresh(call);
    } else {
      kept.serve(call);
    }
  }

  /** As {@link #submit}, but not by a connection that was kept. */
  void submitFresh(PendingCall call) {
    if (slots < MAX_CONNECTIONS) {
      slots++;
      dialer.dial(call, this);
    } else if (waiting.size() < MAX_WAITING) {
      waiting.add(call);
    } else {
      call.fail(Kind.OVERLOADED, "too many calls wait for this server", null);
    }
  }

  /** A connection stands; its call may have ended meanwhile. */
  void connected(Connection connection, PendingCall call) {
    if (call.ended()) {
      release(connection);
    } else {
      connection.serve(call);
    }
  }

  /** The connection is fit for another call. */
  void release(Connection connection) {
    if (!connection.usable()) {
      return; // forget() is on its way
    }
    PendingCall next = nextWaiting();
    if (next != null) {
      connection.serve(next);
    } else if (closed || idle.size() >= MAX_IDLE) {
      connection.close();
    } else {
      idle.push(
          new Idle(connection, loop.schedule(connection::close, IDLE_SECONDS, TimeUnit.SECONDS)));
    }
  }

  /** A connection that stood is gone. */
  void forget(Connection connection) {
    for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
      Idle one = each.next();
      if (one.connection() == connection) {
        var unused = one.end().cancel(false);
        each.remove();
        break;
      }
    }
    freeSlot();
  }

  /** A connection is gone, or could not be made. */
  void freeSlot() {
    slots--;
    PendingCall next = nextWaiting();
    if (next != null) {
      submitFresh(next);
    } else if (slots == 0) {
      whenEmpty.run();
    }
  }

  /** Keeps no connection any more. */
  void close() {
    closed = true;
    for (Idle each : idle.toArray(new Idle[0])) {
      each.connection().close();
    }
  }

  private @Nullable Connection takeIdle() {
    while (true) {
      Idle newest = idle.poll();
      if (newest == null) {
        return null;
      }
      var unused = newest.end().cancel(false);
      if (newest.connection().usable()) {
        return newest.connection();
      }
    }
  }

  private @Nullable PendingCall nextWaiting() {
    while (true) {
      PendingCall next = waiting.poll();
      if (next == null || !next.ended()) {
        return next;
      }
    }
  }
}
