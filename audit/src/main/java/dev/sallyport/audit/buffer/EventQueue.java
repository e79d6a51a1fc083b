package dev.sallyport.audit.buffer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A queue of events that is bounded in their number and their bytes. Many put, which never waits;
 * one takes, in batches.
 */
public final class EventQueue {

  private final int capacity;
  private final long byteCapacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Queued> waiting = new ArrayDeque<>();
  private int wanted;
  private long bytes;
  private boolean closed;

  /**
   * @param capacity events
   * @param byteCapacity bytes they may hold on to together
   */
  public EventQueue(int capacity, long byteCapacity) {
    this.capacity = capacity;
    this.byteCapacity = byteCapacity;
  }

  /** Whether there was room. One event always finds room in an empty queue, however large. */
  public boolean offer(Queued queued) {
    long weight = queued.event().weight();
    lock.lock();
    try {
      boolean full = waiting.size() >= capacity || bytes + weight > byteCapacity;
      if (closed || (full && !waiting.isEmpty())) {
        return false;
      }
      bytes += weight;
      waiting.add(queued);
      // The taker is woken only when it has what it waits for: a wake-up costs more than an event.
      if (wanted > 0 && waiting.size() >= wanted) {
        changed.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the first event, then for more until the batch is full or the time is over.
   *
   * @param most events in the batch
   * @return empty only when the queue has been closed and everything was taken
   */
  public List<Queued> take(int most, Duration wait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaitFirst();
      awaitMore(Math.min(most, capacity), wait);
      List<Queued> batch = new ArrayList<>(Math.min(most, waiting.size()));
      while (batch.size() < most && !waiting.isEmpty()) {
        Queued queued = waiting.poll();
        bytes -= queued.event().weight();
        batch.add(queued);
      }
      return batch;
    } finally {
      wanted = 0;
      lock.unlock();
    }
  }

  private void awaitFirst() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wanted = 1;
      changed.await();
    }
  }

  private void awaitMore(int most, Duration wait) throws InterruptedException {
    long nanos = wait.toNanos();
    while (waiting.size() < most && !closed && nanos > 0) {
      wanted = most;
      nanos = changed.awaitNanos(nanos);
    }
  }

  /** Takes nothing more; what waits can still be taken. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more and gives out what waits. */
  public List<Queued> abandon() {
    lock.lock();
    try {
      closed = true;
      List<Queued> left = new ArrayList<>(waiting);
      waiting.clear();
      bytes = 0;
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the queue is closed, at most so long. */
  public void rest(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = longest.toNanos();
      while (!closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
