package dev.sallyport.controllers.queue;

import dev.sallyport.api.Answer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys whose objects want looking after. A key that is added while it waits is looked after once;
 * one that is added while it is being looked after, once more. For any thread.
 */
public final class WorkQueue {
  private static final Logger log = LoggerFactory.getLogger(WorkQueue.class);

  private enum State {
    WAITING,
    RUNNING,
    RUNNING_AND_DUE
  }

  private final String purpose;
  private final Executor executor;
  private final Executor later;
  private final Reconciler reconciler;
  private final Map<String, State> keys = new ConcurrentHashMap<>();

  /**
   * @param purpose what the work is for, in log lines
   * @param executor where it is done
   * @param later runs a task on the executor after a pause
   */
  public WorkQueue(String purpose, Executor executor, Executor later, Reconciler reconciler) {
    this.purpose = purpose;
    this.executor = executor;
    this.later = later;
    this.reconciler = reconciler;
  }

  /** Has the key looked after soon. Never blocks. */
  public void add(String key) {
    State before = keys.putIfAbsent(key, State.WAITING);
    if (before == null) {
      executor.execute(() -> run(key));
    } else if (before != State.WAITING
        && keys.computeIfPresent(key, (same, state) -> due(state)) == null) {
      add(key); // it was done in between
    }
  }

  private static State due(State state) {
    return state == State.RUNNING ? State.RUNNING_AND_DUE : state;
  }

  private void run(String key) {
    keys.put(key, State.RUNNING);
    Answer<Boolean> work;
    try {
      work = reconciler.reconcile(key);
    } catch (RuntimeException e) {
      work = Answer.failed(e);
    }
    work.whenDone((done, failure) -> finished(key, done, failure));
  }

  private void finished(String key, @Nullable Boolean done, @Nullable Throwable failure) {
    if (failure != null) {
      log.warn("{} of {} failed, trying again: {}", purpose, key, failure.toString());
    }
    boolean complete = Boolean.TRUE.equals(done);
    if (complete && keys.remove(key, State.RUNNING)) {
      return;
    }
    keys.put(key, State.WAITING);
    (complete ? executor : later).execute(() -> run(key));
  }
}
