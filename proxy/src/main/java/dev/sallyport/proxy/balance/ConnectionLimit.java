package dev.sallyport.proxy.balance;

import java.util.ArrayDeque;

/**
 * How many exchanges may run at once, and who waits for one to end. The queue is short: who would
 * wait for long is better told so. Any thread.
 */
final class ConnectionLimit {

  /** What became of a wish to run. */
  enum Entry {
    RUNS,
    WAITS,
    REFUSED
  }

  /** Somebody in the queue. */
  interface Waiter {

    /** Its turn has come and counts as running. Called on any thread. */
    void admitted();
  }

  private static final int LEAST_WAITING = 8;

  private final int most;
  private final int mostWaiting;
  private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
  private int running;

  ConnectionLimit(int most) {
    this.most = most;
    this.mostWaiting = Math.max(LEAST_WAITING, most / 4);
  }

  synchronized Entry enter(Waiter waiter) {
    if (running < most) {
      running++;
      return Entry.RUNS;
    }
    if (waiting.size() >= mostWaiting) {
      return Entry.REFUSED;
    }
    waiting.add(waiter);
    return Entry.WAITS;
  }

  /** Waits no longer; false when its turn has come already. */
  synchronized boolean forget(Waiter waiter) {
    return waiting.remove(waiter);
  }

  /** One that ran has ended. */
  void leave() {
    Waiter next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        running--;
      }
    }
    if (next != null) {
      next.admitted();
    }
  }

  synchronized int running() {
    return running;
  }
}
