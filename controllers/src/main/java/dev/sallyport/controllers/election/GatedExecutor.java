package dev.sallyport.controllers.election;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks while its gate is open and keeps them while it is shut. At most so many run at one
 * time, in the order they came, so that controllers with much to do leave the workers to requests
 * too. For any thread; never blocks and never refuses.
 */
public final class GatedExecutor implements Executor {
  private static final long PAUSE_MILLIS = 200;

  private final Executor executor;
  private final int limit;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;
  private boolean open;

  /**
   * @param executor where tasks run
   * @param limit how many of its threads they may hold
   */
  public GatedExecutor(Executor executor, int limit) {
    this.executor = executor;
    this.limit = limit;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      waiting.add(task);
    }
    pump();
  }

  /** Lets tasks through, those first that came while the gate was shut. */
  public void open() {
    synchronized (this) {
      open = true;
    }
    pump();
  }

  /** Lets no more tasks through; those that run come to their end. */
  public synchronized void shut() {
    open = false;
  }

  private void pump() {
    while (admit()) {
      try {
        executor.execute(this::run);
      } catch (RejectedExecutionException e) {
        // So much waits for these threads that they take no more: what we have waits here.
        done();
        CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS).execute(this::pump);
        return;
      }
    }
  }

  private synchronized boolean admit() {
    if (!open || running == limit || running >= waiting.size()) {
      return false;
    }
    running++;
    return true;
  }

  private void run() {
    Runnable task = next();
    try {
      if (task != null) {
        task.run();
      }
    } finally {
      done();
      pump();
    }
  }

  private synchronized @Nullable Runnable next() {
    return open ? waiting.poll() : null;
  }

  private synchronized void done() {
    running--;
  }
}
