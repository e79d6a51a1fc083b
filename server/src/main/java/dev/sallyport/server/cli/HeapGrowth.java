package dev.sallyport.server.cli;

import java.util.function.LongSupplier;

/**
 * Collects the whole heap when it has doubled. The serial collector by itself lets the old
 * generation grow to the heap's limit, half of the machine, before it looks at it once; what large
 * answers leave there would stay resident for ever. Other collectors need nothing of the kind.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/gctuning/">HotSpot: garbage collection
 *     tuning</a>
 */
final class HeapGrowth implements Runnable {

  /** The launcher sets it to true beside the serial collector. */
  static final String PROPERTY = "sallyport.collectDoubledHeap";

  /** Growth by less is not worth a pause. */
  private static final long SLACK = 48L << 20;

  private static final long INTERVAL_MILLIS = 500;

  private final LongSupplier committed;
  private final Runnable collect;
  private long limit;

  /**
   * @param committed bytes the heap takes from the machine
   * @param collect a full collection, which gives back what is no longer needed
   */
  HeapGrowth(LongSupplier committed, Runnable collect) {
    this.committed = committed;
    this.collect = collect;
    this.limit = limit();
  }

  /** Watches this process's heap from now on, if it was started that way. */
  static void watch() {
    if (!Boolean.getBoolean(PROPERTY)) {
      return;
    }
    Runtime runtime = Runtime.getRuntime();
    Thread watcher = new Thread(new HeapGrowth(runtime::totalMemory, runtime::gc), "heap");
    watcher.setDaemon(true);
    watcher.start();
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(INTERVAL_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      look();
    }
  }

  /** Collects if the heap has grown that far. */
  void look() {
    if (committed.getAsLong() > limit) {
      collect.run();
      limit = limit();
    }
  }

  private long limit() {
    return 2 * committed.getAsLong() + SLACK;
  }
}
