package dev.sallyport.store.publish;

import dev.sallyport.store.Key;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import dev.sallyport.store.cache.WatchCache;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's writing thread: takes whatever waits as one batch, decides each write against the
 * state the writes before it leave, journals the batch, and only then shows it to the cache and
 * answers.
 */
final class Publisher implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Publisher.class);

  /** More in one transaction saves next to nothing and makes its first writer wait longer. */
  private static final int LARGEST_BATCH = 512;

  /** A burst of writes tells watchers of its progress no more often than that. */
  private static final long PROGRESS_MILLIS = 100;

  private static final long IDLE_MILLIS = 1_000;

  private final WatchCache cache;
  private final Journal journal;
  private final Clock clock;
  private final WriteQueue queue;
  private final Runnable closed;

  private final List<PendingWrite> batch = new ArrayList<>();
  private final List<Journal.Entry> entries = new ArrayList<>();

  /** The states of the keys this batch has written so far; null is a removal. */
  private final Map<Key, @Nullable StoredObject> written = new HashMap<>();

  private long told;
  private long toldMillis;
  private boolean failing;

  /**
   * @param closed called last on the thread, when the journal is closed
   */
  Publisher(WatchCache cache, Journal journal, Clock clock, WriteQueue queue, Runnable closed) {
    this.cache = cache;
    this.journal = journal;
    this.clock = clock;
    this.queue = queue;
    this.closed = closed;
    this.told = cache.revision();
  }

  /** Until the queue is closed and empty. */
  @Override
  public void run() {
    try {
      while (queue.take(batch, LARGEST_BATCH, waitMillis())) {
        turn();
      }
      cache.progress();
      cache.trim(clock.millis(), journal::dropped);
    } finally {
      cache.end(null);
      closeJournal();
      closed.run();
    }
  }

  private long waitMillis() {
    return told == cache.revision() ? IDLE_MILLIS : PROGRESS_MILLIS;
  }

  /** One batch, or none when nothing came for a while. */
  private void turn() {
    long millis = clock.millis();
    try {
      if (batch.isEmpty()) {
        journal.idle();
      } else {
        write(millis);
      }
      cache.trim(millis, journal::dropped);
      progress(millis);
    } catch (StoreException e) {
      failBatch(e);
    } catch (RuntimeException | Error e) {
      // Whatever it was, the next writes deserve their try.
      log.error("the store's publishing thread failed", e);
      failBatch(new StoreException(StoreException.Kind.UNAVAILABLE, "the write failed: " + e));
    } finally {
      batch.clear();
      entries.clear();
      written.clear();
    }
  }

  private void write(long millis) {
    for (PendingWrite write : batch) {
      decide(write);
    }
    if (!entries.isEmpty()) {
      commit(millis);
    }
    for (Journal.Entry entry : entries) {
      cache.publish(entry.event(), millis);
    }
    for (PendingWrite write : batch) {
      write.complete();
    }
  }

  /** Says once that writing fails, and once that it works again: a full disk fills no log. */
  private void commit(long millis) {
    try {
      journal.commit(entries, millis);
      if (failing) {
        log.info("writes work again");
      }
      failing = false;
    } catch (StoreException e) {
      if (!failing) {
        log.error("writes fail from now on: {}", e.getMessage());
      }
      failing = true;
      throw e;
    }
  }

  private void decide(PendingWrite write) {
    Key key = write.key();
    StoredObject current = written.containsKey(key) ? written.get(key) : cache.get(key);
    try {
      Journal.Entry entry = write.decide(current, cache.revision() + entries.size() + 1);
      if (entry != null) {
        entries.add(entry);
        boolean removed = entry.event().type() == WatchEvent.Type.DELETED;
        written.put(key, removed ? null : entry.event().object());
      }
    } catch (RuntimeException e) {
      write.fail(e);
    }
  }

  private void progress(long millis) {
    boolean due = batch.isEmpty() || millis - toldMillis >= PROGRESS_MILLIS;
    if (due && told != cache.revision()) {
      told = cache.revision();
      toldMillis = millis;
      cache.progress();
    }
  }

  /**
   * All of the batch fails, also what was refused: it may have been refused for what now is not.
   */
  private void failBatch(StoreException failure) {
    for (PendingWrite write : batch) {
      write.fail(failure);
      write.complete();
    }
  }

  private void closeJournal() {
    try {
      journal.close();
    } catch (RuntimeException e) {
      log.error("the store's journal could not be closed cleanly", e);
    }
  }
}
