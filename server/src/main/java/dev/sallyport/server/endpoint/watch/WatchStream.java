package dev.sallyport.server.endpoint.watch;

import dev.sallyport.resources.registry.EventShaper;
import dev.sallyport.resources.registry.WatchPlan;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseStream;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One running watch. The store's thread queues events, the connection's event loop writes them as
 * far as the client takes them. A watcher that falls too far behind, or takes nothing for too long,
 * is ended: it can resume from the last version it saw.
 */
final class WatchStream implements Response.StreamWriter, ResourceStore.WatchSink {

  private static final int MOST_QUEUED = 8192;
  private static final long STALL_MILLIS = 30_000;
  private static final long BOOKMARK_MILLIS = 60_000;

  private final ResourceStore store;
  private final WatchPlan plan;
  private final long timeoutMillis;
  private final WatchFrames frames;
  private final Watches open;
  private final ScheduledExecutorService loop;
  private final WatchRounds rounds;
  private final Runnable place;

  private final Queue<WatchEvent> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile long progressed;
  private volatile boolean ending;
  private volatile boolean overrun;
  private volatile @Nullable StoreException failure;

  // From here on owned by the event loop.
  private final Iterator<StoredObject> initial;
  private boolean initialTold;
  private long told;
  private boolean over;
  private @Nullable ResponseStream stream;
  private ResourceStore.@Nullable Watch watch;
  private @Nullable ScheduledFuture<?> timeout;
  private @Nullable ScheduledFuture<?> bookmark;
  private @Nullable ScheduledFuture<?> stall;

  /**
   * @param place run when the watch is over
   */
  WatchStream(
      ResourceStore store,
      WatchPlan plan,
      long timeoutMillis,
      WatchFrames frames,
      Watches open,
      ScheduledExecutorService loop,
      WatchRounds rounds,
      Runnable place) {
    this.store = store;
    this.plan = plan;
    this.timeoutMillis = timeoutMillis;
    this.frames = frames;
    this.open = open;
    this.loop = loop;
    this.rounds = rounds;
    this.place = place;
    this.initial = plan.initial().iterator();
    this.progressed = plan.revision();
    this.told = plan.revision();
  }

  @Override
  public void start(ResponseStream opened) {
    stream = opened;
    opened.onClosed(this::release);
    if (over) {
      return; // the client went before the answer came
    }
    opened.onWritable(this::drain);
    opened.flush();
    try {
      watch = store.watch(plan.collection(), plan.namespace(), plan.revision(), plan.before(this));
    } catch (StoreException refused) {
      failure = refused;
    }
    open.opened(this);
    timeout = loop.schedule(this::endSoon, timeoutMillis, TimeUnit.MILLISECONDS);
    if (plan.bookmarks()) {
      bookmark =
          loop.scheduleAtFixedRate(
              this::tellProgress, BOOKMARK_MILLIS, BOOKMARK_MILLIS, TimeUnit.MILLISECONDS);
    }
    drain();
  }

  @Override
  public void abandoned() {
    place.run();
  }

  @Override
  public void event(WatchEvent event) {
    if (overrun) {
      return; // what follows a gap must not be told
    }
    if (queued.incrementAndGet() > MOST_QUEUED) {
      overrun = true;
    } else {
      queue.add(event);
    }
    wake();
  }

  @Override
  public void progress(long revision) {
    progressed = revision; // behind the events it covers: they were queued by this same thread
  }

  @Override
  public void ended(@Nullable StoreException why) {
    failure = why;
    endSoon();
  }

  boolean follows(String collection) {
    return plan.collection().equals(collection);
  }

  /** Ends the watch cleanly when what is queued has been told. Any thread. */
  void endSoon() {
    ending = true;
    wake();
  }

  private void wake() {
    if (scheduled.compareAndSet(false, true)) {
      rounds.join(this::drain);
    }
  }

  private void drain() {
    scheduled.set(false);
    ResponseStream out = stream;
    if (over || out == null) {
      return;
    }
    // Read before the queue is: what was queued before the end is told.
    boolean last = ending;
    StoreException why = failure;
    boolean wrote = tellInitial(out) | tellEvents(out);
    boolean blocked = !out.writable() && (initial.hasNext() || !queue.isEmpty());
    watchStall(out, blocked, wrote);
    if (!blocked && overrun) {
      // It has been told all it was too slow for, so it comes back further on than it began.
      finish(out);
    } else if (!blocked && (last || why != null)) {
      tellEnd(out, why);
      finish(out);
    } else if (wrote) {
      out.flush();
    }
  }

  private boolean tellInitial(ResponseStream out) {
    if (initialTold) {
      return false;
    }
    boolean wrote = false;
    while (initial.hasNext() && out.writable()) {
      write(out, frames.event(WatchEvent.Type.ADDED, initial.next()));
      wrote = true;
    }
    if (!initial.hasNext()) {
      initialTold = true;
      if (plan.initialBookmark()) {
        write(out, frames.bookmark(plan.revision(), true));
        wrote = true;
      }
    }
    return wrote;
  }

  private boolean tellEvents(ResponseStream out) {
    boolean wrote = false;
    while (initialTold && out.writable()) {
      WatchEvent event = queue.poll();
      if (event == null) {
        return wrote;
      }
      queued.decrementAndGet();
      wrote |= tell(out, event);
    }
    return wrote;
  }

  private boolean tell(ResponseStream out, WatchEvent event) {
    EventShaper.Shaped seen = plan.shaper().shape(event);
    if (seen == null) {
      return false;
    }
    WatchEvent shared = seen.event();
    write(out, shared == null ? frames.event(seen.type(), seen.object()) : frames.event(shared));
    told = event.revision();
    return true;
  }

  private void tellProgress() {
    long reached = progressed; // read before the queue is looked at
    ResponseStream out = stream;
    if (over || overrun || out == null || !initialTold || !queue.isEmpty() || !out.writable()) {
      return;
    }
    if (reached > told) {
      told = reached;
      write(out, frames.bookmark(reached, false));
      out.flush();
    }
  }

  private void tellEnd(ResponseStream out, @Nullable StoreException why) {
    if (why != null) {
      write(out, frames.error(Watches.status(why, plan)));
    } else if (plan.bookmarks()) {
      tellProgress();
    }
  }

  private static void write(ResponseStream out, byte[] frame) {
    out.write(frame, 0, frame.length);
  }

  /** Gives up on a client that takes nothing; one that is merely slow gets its time anew. */
  private void watchStall(ResponseStream out, boolean blocked, boolean wrote) {
    if (stall != null && (wrote || !blocked)) {
      cancel(stall);
      stall = null;
    }
    if (blocked && stall == null) {
      stall = loop.schedule(() -> abandon(out), STALL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void abandon(ResponseStream out) {
    release();
    out.abort(null);
  }

  private void finish(ResponseStream out) {
    release();
    out.end();
  }

  private void release() {
    if (over) {
      return;
    }
    over = true;
    place.run();
    open.closed(this);
    ResourceStore.Watch followed = watch;
    if (followed != null) {
      followed.close();
    }
    cancel(timeout);
    cancel(bookmark);
    cancel(stall);
    queue.clear();
  }

  private static void cancel(@Nullable ScheduledFuture<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
