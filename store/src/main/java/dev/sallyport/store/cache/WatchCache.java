package dev.sallyport.store.cache;

import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore.ListOptions;
import dev.sallyport.store.ResourceStore.Listing;
import dev.sallyport.store.ResourceStore.Observer;
import dev.sallyport.store.ResourceStore.Watch;
import dev.sallyport.store.ResourceStore.WatchSink;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All collections in memory, as of one counting revision. Methods that change it ({@code publish},
 * {@code trim}, {@code progress}, {@code end}) belong to the publishing thread; the others are for
 * any thread.
 *
 * <p>A write is first visible to reads, then raises {@link #revision()}, is then told to observers
 * and at last to watchers: a revision that anybody has come to know is never in the future.
 */
public final class WatchCache {

  /**
   * Where a store that never held anything stands. History begins there: revision 1, which clients
   * ask for when they want "too old", is too old from the start, as it is in a cluster, where the
   * control plane has written long before anybody watches.
   */
  public static final long FIRST_REVISION = 2;

  private final Map<String, CollectionCache> collections = new ConcurrentHashMap<>();
  private final HistoryLimits limits;
  private final long base;

  /** The collections of all events in history, oldest first. */
  private final Deque<CollectionCache> order = new ArrayDeque<>();

  private final AtomicLong revision;
  private volatile long told;

  /**
   * @param base the revision that history begins behind
   */
  public WatchCache(HistoryLimits limits, long base) {
    this.limits = limits;
    this.base = base;
    this.revision = new AtomicLong(base);
    this.told = base;
  }

  /** Puts the objects of a collection as of the base revision; before anything else uses it. */
  public void load(String collection, ObjectTree objects) {
    collections.put(collection, new CollectionCache(collection, objects, base));
  }

  /** Reads see all writes up to this one. */
  public long revision() {
    return revision.get();
  }

  /** Observers and watchers have been told of all writes up to this one. */
  public long told() {
    return told;
  }

  public @Nullable StoredObject get(Key key) {
    StoredObject object =
        collection(key.collection()).snapshot().tree().get(key.namespace(), key.name());
    if (object != null) {
      raise(object.revision());
    }
    return object;
  }

  /** See {@link dev.sallyport.store.ResourceStore#list}. */
  public Listing list(String name, String namespace, ListOptions options) {
    CollectionCache collection = collection(name);
    // In this order: the snapshot has all writes up to a revision that was read before it.
    long reached = revision.get();
    CollectionCache.Snapshot newest = collection.snapshot();
    raise(newest.revision());
    long current = Math.max(reached, newest.revision());
    if (options.revision() == 0) {
      return ListReader.read(newest.tree(), current, namespace, options);
    }
    requireReached(options.revision());
    return ListReader.read(
        collection.treeAt(options.revision()), options.revision(), namespace, options);
  }

  /** See {@link dev.sallyport.store.ResourceStore#watch}. */
  public Watch watch(String name, String namespace, long behind, WatchSink sink) {
    requireReached(behind);
    return collection(name).watch(namespace, behind, sink);
  }

  /** See {@link dev.sallyport.store.ResourceStore#observe}. */
  public void observe(String name, Observer observer) {
    collection(name).observe(observer);
  }

  /**
   * Shows a write to everybody.
   *
   * @param millis the time, since the epoch
   */
  public void publish(WatchEvent event, long millis) {
    CollectionCache collection = collection(event.object().key().collection());
    order.add(collection);
    // Held over both, so that whoever begins to watch in between is not told twice.
    synchronized (collection) {
      collection.show(event, millis);
      raise(event.revision());
      collection.tell(event);
    }
    told = event.revision();
  }

  /** Tells all watchers that they know everything up to now. */
  public void progress() {
    long reached = revision.get();
    for (CollectionCache collection : collections.values()) {
      collection.progress(reached);
    }
  }

  /** Ends all watches. */
  public void end(@Nullable StoreException failure) {
    for (CollectionCache collection : collections.values()) {
      collection.end(failure);
    }
  }

  /** Drops the events over the limits, and tells of each in revision order. */
  public void trim(long nowMillis, Consumer<WatchEvent> dropped) {
    long oldest = nowMillis - limits.age().toMillis();
    for (CollectionCache next = order.peek(); next != null; next = order.peek()) {
      History.Entry entry = next.oldest();
      if (entry == null || (order.size() <= limits.events() && entry.millis() >= oldest)) {
        return;
      }
      next.dropOldest();
      order.remove();
      dropped.accept(entry.event());
    }
  }

  private CollectionCache collection(String name) {
    CollectionCache known = collections.get(name);
    return known != null
        ? known
        : collections.computeIfAbsent(
            name, missing -> new CollectionCache(missing, ObjectTree.EMPTY, base));
  }

  /**
   * Readers raise the revision too: who sees a write before the publishing thread got to say so may
   * name its revision at once.
   */
  private void raise(long seen) {
    if (seen > revision.get()) {
      revision.accumulateAndGet(seen, Math::max);
    }
  }

  private void requireReached(long wanted) {
    long current = revision.get();
    if (wanted > current) {
      throw new StoreException(
          StoreException.Kind.FUTURE,
          "revision " + wanted + " is ahead of the current one, " + current,
          current,
          null);
    }
  }
}
