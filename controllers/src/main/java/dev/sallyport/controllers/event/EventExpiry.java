package dev.sallyport.controllers.event;

import dev.sallyport.api.Answer;
import dev.sallyport.controllers.queue.Timer;
import dev.sallyport.store.Key;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes each object of one collection, that of the Events, a certain time after its last write.
 * Watchers are told of it like of any deletion. An object that is written meanwhile stays, for only
 * the state that has grown old is removed. Finalizers hold nothing here, as in kube-apiserver.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/">kube-apiserver,
 *     --event-ttl</a>
 */
public final class EventExpiry implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventExpiry.class);

  /** So many at once, so that the writes of others have their turn. */
  private static final int MOST_AT_ONCE = 500;

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final ResourceStore store;
  private final String collection;
  private final long ttlMillis;
  private final ToLongFunction<StoredObject> lastWrite;
  private final Clock clock;
  private final Timer timer;
  private final Duration pause;

  /** What was written since the start, in the order in which it grows old. */
  private final Queue<Due> written = new ConcurrentLinkedQueue<>();

  private volatile boolean closed;

  // Owned by whoever sweeps; a sweep orders the next one.
  private List<StoredObject> found = new ArrayList<>();
  private Deque<Due> old = new ArrayDeque<>();

  private record Due(Key key, long revision, long millis) {}

  /**
   * @param ttl positive
   * @param lastWrite when an object that was there before the start was written, in milliseconds
   *     since the epoch
   */
  public EventExpiry(
      ResourceStore store,
      String collection,
      Duration ttl,
      ToLongFunction<StoredObject> lastWrite,
      Clock clock,
      Timer timer) {
    this.store = store;
    this.collection = collection;
    this.ttlMillis = ttl.toMillis();
    this.lastWrite = lastWrite;
    this.clock = clock;
    this.timer = timer;
    this.pause = between(ttl.dividedBy(4));
  }

  private static Duration between(Duration wanted) {
    Duration least = wanted.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : wanted;
    return least.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : least;
  }

  /** Begins; looks into what is there already with the first sweep, not now. */
  public void start() {
    Thread starting = Thread.currentThread();
    store.observe(
        collection,
        event -> {
          if (Thread.currentThread() == starting) {
            found.add(event.object());
          } else if (event.type() != WatchEvent.Type.DELETED) {
            StoredObject object = event.object();
            written.add(new Due(object.key(), object.revision(), clock.millis() + ttlMillis));
          }
        });
    timer.after(pause, this::sweep);
  }

  private void sweep() {
    if (closed) {
      return;
    }
    try {
      sortFound();
      long now = clock.millis();
      int left = remove(old, now, MOST_AT_ONCE);
      left = remove(written, now, left);
      timer.after(left > 0 ? pause : SHORTEST_PAUSE, this::sweep);
    } catch (RuntimeException e) {
      log.error("old {} could not be removed", collection, e);
      timer.after(pause, this::sweep);
    }
  }

  private void sortFound() {
    if (found.isEmpty()) {
      return;
    }
    List<Due> due = new ArrayList<>(found.size());
    for (StoredObject object : found) {
      long millis = lastWrite.applyAsLong(object) + ttlMillis;
      due.add(new Due(object.key(), object.revision(), millis));
    }
    due.sort(Comparator.comparingLong(Due::millis));
    old = new ArrayDeque<>(due);
    found = new ArrayList<>();
  }

  /** Removes what is due, at most so many; answers how many more it may be. */
  private int remove(Queue<Due> queue, long now, int most) {
    int left = most;
    for (Due next = queue.peek(); left > 0 && next != null; next = queue.peek()) {
      if (next.millis() > now) {
        return left;
      }
      queue.remove();
      left -= remove(next) ? 1 : 0;
    }
    return left;
  }

  /**
   * Whether there was anything to remove: most entries of an object that is written often lapse.
   */
  private boolean remove(Due due) {
    if (store.get(due.key()) instanceof Answer.Now<java.util.Optional<StoredObject>> now
        && now.value().filter(object -> object.revision() == due.revision()).isEmpty()) {
      return false;
    }
    store
        .delete(due.key(), new Preconditions("", due.revision()))
        .whenDone((removed, failure) -> note(due, failure));
    return true;
  }

  private void note(Due due, @Nullable Throwable failure) {
    boolean overtaken =
        failure instanceof StoreException refusal
            && (refusal.kind() == StoreException.Kind.CONFLICT
                || refusal.kind() == StoreException.Kind.NOT_FOUND);
    if (failure == null || overtaken || closed) {
      return;
    }
    // A disk that is full now may have room later.
    written.add(new Due(due.key(), due.revision(), clock.millis() + pause.toMillis()));
  }

  @Override
  public void close() {
    closed = true;
  }
}
