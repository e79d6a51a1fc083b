package dev.sallyport.store.publish;

import dev.sallyport.api.Answer;
import dev.sallyport.store.Change;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.cache.WatchCache;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The store over a journal: reads come from the cache, writes go through the publisher. */
public final class PublishedStore implements ResourceStore {

  /** Far more than a server lets in at once; beyond it something hangs. */
  private static final int MOST_WAITING = 65_536;

  private final WatchCache cache;
  private final WriteQueue queue = new WriteQueue(MOST_WAITING);
  private final CountDownLatch ended = new CountDownLatch(1);

  private PublishedStore(WatchCache cache) {
    this.cache = cache;
  }

  /**
   * Starts the publishing thread.
   *
   * @param cache loaded with what the journal has; from now on the publisher's
   * @param journal closed by the store
   */
  public static PublishedStore start(WatchCache cache, Journal journal, Clock clock) {
    PublishedStore store = new PublishedStore(cache);
    Publisher publisher = new Publisher(cache, journal, clock, store.queue, store.ended::countDown);
    Thread thread = new Thread(publisher, "store-publisher");
    thread.setDaemon(true);
    thread.start();
    return store;
  }

  @Override
  public Answer<Long> revision() {
    return queue.isClosed() ? closed() : Answer.now(cache.revision());
  }

  @Override
  public long observed() {
    return cache.told();
  }

  @Override
  public Answer<Optional<StoredObject>> get(Key key) {
    return queue.isClosed() ? closed() : Answer.now(Optional.ofNullable(cache.get(key)));
  }

  @Override
  public Answer<Listing> list(String collection, String namespace, ListOptions options) {
    if (queue.isClosed()) {
      return closed();
    }
    try {
      return Answer.now(cache.list(collection, namespace, options));
    } catch (StoreException e) {
      return Answer.failed(e);
    }
  }

  @Override
  public Answer<StoredObject> create(Key key, Draft draft) {
    StoredObject current = cache.get(key);
    if (current != null && !queue.isClosed()) {
      return Answer.failed(PendingWrite.Create.exists(current));
    }
    return submit(new PendingWrite.Create(key, draft));
  }

  @Override
  public Answer<StoredObject> update(Key key, Preconditions preconditions, Change change) {
    if (queue.isClosed()) {
      return closed();
    }
    StoredObject current = cache.get(key);
    if (current == null) {
      return Answer.failed(PendingWrite.Update.notFound(key));
    }
    Change.Outcome outcome;
    try {
      PendingWrite.Update.requireHolds(preconditions, current);
      outcome = change.apply(current);
    } catch (RuntimeException e) {
      return Answer.failed(e);
    }
    return PendingWrite.Update.changesNothing(outcome, current)
        ? Answer.now(current)
        : submit(new PendingWrite.Update(preconditions, change, current, outcome));
  }

  @Override
  public Watch watch(String collection, String namespace, long revision, WatchSink sink) {
    if (queue.isClosed()) {
      throw WriteQueue.closedFailure();
    }
    return cache.watch(collection, namespace, revision, sink);
  }

  @Override
  public void observe(String collection, Observer observer) {
    if (queue.isClosed()) {
      throw WriteQueue.closedFailure();
    }
    cache.observe(collection, observer);
  }

  @Override
  public void close() {
    queue.close();
    boolean interrupted = false;
    while (ended.getCount() > 0) {
      try {
        ended.await();
      } catch (InterruptedException e) {
        // What was taken is still written; the caller learns of the interrupt afterwards.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer<StoredObject> submit(PendingWrite write) {
    try {
      queue.put(write);
    } catch (StoreException e) {
      return Answer.failed(e);
    }
    return Answer.later(write.answer());
  }

  private static <T> Answer<T> closed() {
    return Answer.failed(WriteQueue.closedFailure());
  }
}
