package dev.sallyport.store.publish;

import dev.sallyport.store.StoreException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Writes on their way to the publishing thread, no more than a cap. */
final class WriteQueue {

  private final int cap;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Queue<PendingWrite> writes = new ArrayDeque<>();
  private boolean waiting;
  private volatile boolean closed;

  WriteQueue(int cap) {
    this.cap = cap;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * @throws StoreException {@link StoreException.Kind#UNAVAILABLE} when full or closed
   */
  void put(PendingWrite write) {
    lock.lock();
    try {
      if (closed) {
        throw closedFailure();
      }
      if (writes.size() >= cap) {
        throw new StoreException(
            StoreException.Kind.UNAVAILABLE, "too many writes are waiting: " + cap);
      }
      writes.add(write);
      if (waiting) {
        waiting = false;
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves what waits into the empty batch, at most that much; when nothing does, waits for some
   * time.
   *
   * @return false when the queue is closed and empty
   */
  boolean take(List<PendingWrite> batch, int most, long millis) {
    lock.lock();
    try {
      if (writes.isEmpty() && !closed) {
        waiting = true;
        awaitArrival(millis);
        waiting = false;
      }
      for (int i = 0; i < most && !writes.isEmpty(); i++) {
        batch.add(writes.remove());
      }
      return !closed || !batch.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses what comes from now on. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  static StoreException closedFailure() {
    return new StoreException(StoreException.Kind.UNAVAILABLE, "the store is closed");
  }

  private void awaitArrival(long millis) {
    try {
      // Woken early or late makes no difference: the caller comes again.
      boolean ignored = arrived.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody but close() ends this thread: a write it has taken would never be answered.
    }
  }
}
