package dev.sallyport.server.endpoint.watch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the watches of one event loop write in rounds. After a round the loop rests from watches for
 * some times as long as the round took: a lone watcher does not notice, while under a stream of
 * changes to many watchers each of them finds several events waiting and sends them as one record,
 * and the loop's other connections keep nearly all of its time.
 */
final class WatchRounds {

  /** A round takes at most one part in this many, and one, of the loop's time. */
  private static final int REST = 10;

  private static final long MOST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final Logger log = LoggerFactory.getLogger(WatchRounds.class);

  private final ScheduledExecutorService loop;
  private final LongSupplier nanoTime;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicBoolean due = new AtomicBoolean();

  // Owned by the event loop.
  private long rested;

  /**
   * @param nanoTime {@link System#nanoTime}, or a test's
   */
  WatchRounds(ScheduledExecutorService loop, LongSupplier nanoTime) {
    this.loop = loop;
    this.nanoTime = nanoTime;
    this.rested = nanoTime.getAsLong();
  }

  /** Runs it in the next round. Any thread. */
  void join(Runnable writing) {
    waiting.add(writing);
    count.incrementAndGet();
    if (due.compareAndSet(false, true)) {
      loop.execute(this::begin);
    }
  }

  private void begin() {
    long rest = rested - nanoTime.getAsLong();
    if (rest <= 0) {
      round();
    } else {
      var unused = loop.schedule(this::round, rest, TimeUnit.NANOSECONDS);
    }
  }

  private void round() {
    long began = nanoTime.getAsLong();
    due.set(false);
    // Who joins from now on waits for the next round, or a busy store could keep the loop here.
    int joined = count.getAndSet(0);
    for (int i = 0; i < joined; i++) {
      Runnable writing = waiting.poll();
      if (writing != null) {
        run(writing);
      }
    }
    long ended = nanoTime.getAsLong();
    rested = ended + Math.min(REST * (ended - began), MOST_REST_NANOS);
  }

  /** One watch's failure is not the next one's. */
  private static void run(Runnable writing) {
    try {
      writing.run();
    } catch (RuntimeException e) {
      log.error("a watch could not go on", e);
    }
  }
}
