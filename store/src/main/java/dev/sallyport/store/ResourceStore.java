package dev.sallyport.store;

import dev.sallyport.api.Answer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Objects with revisions, lists and watches. All methods may be called from any thread, event loops
 * included; none blocks, but for {@link #close}. A write is answered when it is durable, visible to
 * every read, and known to every {@link Observer}. Failures are {@link StoreException}s; after
 * {@link #close} all methods fail as {@link StoreException.Kind#UNAVAILABLE}.
 *
 * <p>Writes are answered on the store's one publishing thread: what is chained behind such an
 * answer keeps all other writes waiting, so it is short or hops to another thread.
 *
 * <p>Reads are consistent: what was acknowledged before the call is seen.
 */
public interface ResourceStore extends AutoCloseable {

  /** The newest revision that reads see. */
  Answer<Long> revision();

  /**
   * All observers have been told of every write up to this revision; no write behind it has been
   * acknowledged. Reads may already see newer ones.
   */
  long observed();

  /** The object, or empty when there is none. */
  Answer<Optional<StoredObject>> get(Key key);

  /**
   * Objects in key order, all of one revision.
   *
   * @param namespace "" for all namespaces and for cluster-scoped kinds
   */
  Answer<Listing> list(String collection, String namespace, ListOptions options);

  /** Stores a new object; {@link StoreException.Kind#EXISTS} when the key is taken. */
  Answer<StoredObject> create(Key key, Draft draft);

  /**
   * Changes or removes an object: {@link StoreException.Kind#NOT_FOUND} without one, {@link
   * StoreException.Kind#CONFLICT} when a precondition does not hold. A change that loses a race is
   * run again on the newer state. Answers the new state; for a removal the last one, with the
   * removal's revision.
   */
  Answer<StoredObject> update(Key key, Preconditions preconditions, Change change);

  /** {@link #update} with {@link Change#remove()}. */
  default Answer<StoredObject> delete(Key key, Preconditions preconditions) {
    return update(key, preconditions, current -> Change.remove());
  }

  /**
   * Follows a collection from behind {@code revision} on. Events behind it that are still in
   * history come first, then new ones as they are written, in order, none twice.
   *
   * @param namespace "" for all
   * @throws StoreException {@link StoreException.Kind#COMPACTED} when the revision is older than
   *     history, {@link StoreException.Kind#FUTURE} when it has not been reached
   */
  Watch watch(String collection, String namespace, long revision, WatchSink sink);

  /**
   * Registers a follower that is told of every write of the collection before the write is
   * acknowledged, on the publishing thread, in revision order. It is first told, in this call, of
   * all objects there are, as ADDED. It must be quick and must not call the store's writes
   * synchronously.
   */
  void observe(String collection, Observer observer);

  /** Completes the writes it has taken, ends all watches, and waits until both is done. */
  @Override
  void close();

  /** See {@link #observe}. */
  interface Observer {
    void accept(WatchEvent event);
  }

  /** A running watch. */
  interface Watch extends AutoCloseable {
    /** Ends it; the sink hears nothing more once this returns, but for a call already running. */
    @Override
    void close();
  }

  /**
   * Receives a watch's events: what is in history on the thread that calls {@link #watch}, before
   * it returns, the rest on the publishing thread; never on two threads at once. It queues what it
   * is given and returns at once. A sink that throws is ended.
   */
  interface WatchSink {
    void event(WatchEvent event);

    /**
     * All writes of the store up to this revision have been told (for bookmarks). Called soon after
     * writes, of any collection; a burst of writes may share one call.
     */
    void progress(long revision);

    /** The store ended the watch: it is closing, or broken. */
    void ended(@Nullable StoreException failure);
  }

  /**
   * Which part of a list is wanted.
   *
   * @param revision 0 for the newest; else exactly that revision, if history still has it
   * @param afterKey list only keys behind this one (namespace and name), or null
   * @param limit at most that many objects; 0 for all
   * @param filter which objects count, or null for all; quick and without side effects
   */
  record ListOptions(
      long revision, @Nullable Key afterKey, int limit, @Nullable Predicate<StoredObject> filter) {
    public static final ListOptions ALL = new ListOptions(0, null, 0, null);
  }

  /**
   * A list, or a page of one.
   *
   * @param revision the revision all of it was read at
   * @param more whether objects that match stand behind the last one
   * @param remaining how many keys stand behind the last one, matching or not; -1 when unknown
   */
  record Listing(List<StoredObject> objects, long revision, boolean more, long remaining) {}
}
