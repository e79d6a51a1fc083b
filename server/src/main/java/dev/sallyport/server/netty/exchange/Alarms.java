package dev.sallyport.server.netty.exchange;

import dev.sallyport.server.http.Alarm;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alarms of one event loop in a list, looked at ten times a second while there are any: setting
 * one and calling it off costs no place in the loop's queue of timers. State belongs to the loop.
 */
final class Alarms {

  private static final Logger log = LoggerFactory.getLogger(Alarms.class);
  private static final long TICK_MILLIS = 100;

  private static final FastThreadLocal<Alarms> OF_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected Alarms initialValue() {
          return new Alarms();
        }
      };

  /** One alarm, in the list until it is off. */
  private static final class Entry implements Alarm {
    private final EventLoop loop;
    private final long at;
    private final Runnable action;
    private @Nullable Entry before;
    private @Nullable Entry next;
    private boolean listed;
    private volatile boolean off;

    Entry(EventLoop loop, long at, Runnable action) {
      this.loop = loop;
      this.at = at;
      this.action = action;
    }

    @Override
    public void cancel() {
      off = true;
      if (loop.inEventLoop()) {
        OF_LOOP.get().remove(this);
      }
    }
  }

  private @Nullable Entry first;
  private boolean ticking;

  private Alarms() {}

  static Alarm set(EventLoop loop, long at, Runnable action) {
    Entry entry = new Entry(loop, at, action);
    if (loop.inEventLoop()) {
      OF_LOOP.get().add(entry);
    } else {
      loop.execute(() -> OF_LOOP.get().add(entry));
    }
    return entry;
  }

  private void add(Entry entry) {
    if (entry.off) {
      return;
    }
    Entry old = first;
    entry.listed = true;
    entry.next = old;
    if (old != null) {
      old.before = entry;
    }
    first = entry;
    if (!ticking) {
      tickLater(entry.loop);
    }
  }

  private void remove(Entry entry) {
    if (!entry.listed) {
      return;
    }
    Entry before = entry.before;
    Entry next = entry.next;
    if (before == null) {
      first = next;
    } else {
      before.next = next;
    }
    if (next != null) {
      next.before = before;
    }
    entry.listed = false;
    entry.before = null;
    entry.next = null;
  }

  private void tickLater(EventLoop loop) {
    ticking = true;
    var unused = loop.schedule(() -> tick(loop), TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick(EventLoop loop) {
    ticking = false;
    long now = System.nanoTime();
    Entry due = take(now);
    while (due != null) {
      Entry entry = due;
      due = entry.next;
      entry.next = null;
      if (!entry.off) {
        ring(entry);
      }
    }
    if (first != null && !ticking) {
      tickLater(loop);
    }
  }

  private static void ring(Entry entry) {
    try {
      entry.action.run();
    } catch (RuntimeException broken) {
      log.error("an alarm broke what it should end", broken);
    }
  }

  /** Takes what is due or off out of the list, before any of it runs and changes the list. */
  private @Nullable Entry take(long now) {
    Entry due = null;
    Entry entry = first;
    while (entry != null) {
      Entry next = entry.next;
      if (entry.off) {
        remove(entry);
      } else if (now - entry.at >= 0) {
        remove(entry);
        entry.next = due;
        due = entry;
      }
      entry = next;
    }
    return due;
  }
}
