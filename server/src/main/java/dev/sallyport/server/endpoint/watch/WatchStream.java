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
  private final @Nullable WatchSight sight;
  private final @Nullable WatchTurns turns;

  private final Queue<WatchEvent> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile long progressed;
  private volatile boolean ending;
  private volatile boolean overrun;
  private volatile @Nullable StoreException failure;

  // From here on owned by the event loop.
  private long passed;
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
   * @param sight keeps it to what its user may see; null for all of it
   */
  WatchStream(
      ResourceStore store,
      WatchPlan plan,
      long timeoutMillis,
      WatchFrames frames,
      Watches open,
      ScheduledExecutorService loop,
      WatchRounds rounds,
      Runnable place,
      @Nullable WatchSight sight) {
    this.store = store;
    this.plan = plan;
    this.timeoutMillis = timeoutMillis;
    this.frames = frames;
    this.open = open;
    this.loop = loop;
    this.rounds = rounds;
    this.place = place;
    this.sight = sight;
    this.turns =
        sight == null || sight.fixed()
            ? null
            : new WatchTurns(sight, frames, plan.bookmarks(), this::wake);
    this.initial = plan.initial().iterator();
    this.progressed = plan.revision();
    this.told = plan.revision();
    this.passed = plan.revision();
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
      watch = followed();
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

  private ResourceStore.Watch followed() {
    if (sight != null && sight.refused()) {
      throw new StoreException(
          StoreException.Kind.COMPACTED,
          "what the client was told is not what it may see",
          sight.newest(),
          null);
    }
    return store.watch(plan.collection(), plan.namespace(), plan.revision(), plan.before(this));
  }

  @Override
  public void abandoned() {
    place.run();
    if (sight != null) {
      sight.close();
    }
  }

  /** Whether what it sees depends on bindings. */
  boolean filtered() {
    return turns != null;
  }

  private boolean telling() {
    return turns != null && turns.telling();
  }

  /** Bindings have changed. Any thread. */
  void sightChanged() {
    wake();
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
    boolean blocked = !out.writable() && (initial.hasNext() || telling() || !queue.isEmpty());
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
    boolean cutShort = sight != null && failure != null;
    if (initialTold || cutShort) {
      return false;
    }
    boolean wrote = false;
    while (initial.hasNext() && out.writable()) {
      StoredObject object = initial.next();
      if (sight != null && !sight.seesNow(object.key())) {
        failure = WatchSight.outOfSight();
        endSoon();
        return wrote;
      }
      write(out, frames.event(WatchEvent.Type.ADDED, object));
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
      long reached = progressed; // read before the queue is looked at
      WatchEvent event = queue.peek();
      if (turns != null) {
        // An event is not in the queue before the bindings that were written before it count.
        long position = event == null ? Math.max(reached, passed) : event.revision() - 1;
        boolean settled = settled(out, turns, position);
        wrote |= turns.wrote();
        if (!settled) {
          return wrote; // what is queued may be out of sight
        }
      }
      if (event == null) {
        return wrote;
      }
      queue.poll();
      queued.decrementAndGet();
      passed = event.revision();
      wrote |= tell(out, event);
    }
    return wrote;
  }

  /** Tells how the sight has changed; true when the next event may be told. */
  private boolean settled(ResponseStream out, WatchTurns changes, long position) {
    changes.tell(out, position);
    told = Math.max(told, changes.bookmarked());
    StoreException why = changes.failure();
    if (why != null) {
      failure = why;
    }
    if (why != null || changes.over()) {
      endSoon();
    }
    return changes.settled();
  }

  private boolean tell(ResponseStream out, WatchEvent event) {
    if (sight != null && !sight.sees(event.object().key())) {
      return false;
    }
    EventShaper.Shaped seen = plan.shaper().shape(event);
    if (seen == null) {
      return false;
    }
    WatchEvent shared = seen.event();
    write(out, shared == null ? frames.event(seen.type(), seen.object()) : frames.event(shared));
    told = event.revision();
    if (sight != null) {
      sight.told(told);
    }
    return true;
  }

  private void tellProgress() {
    long reached = progressed; // read before the queue is looked at
    ResponseStream out = stream;
    if (over || overrun || out == null || !initialTold || !queue.isEmpty() || !out.writable()) {
      return;
    }
    if (turns != null && (turns.over() || !turns.settled())) {
      return; // the bookmark comes with the turn; behind the last one there is nothing to go on
      // with
    }
    if (reached > told) {
      told = reached;
      if (sight != null) {
        sight.told(reached);
      }
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
    if (sight != null) {
      sight.close();
    }
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
