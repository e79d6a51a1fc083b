package dev.sallyport.server.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An event loop that runs when the test says so, and whose clock stands still till then. */
public final class ManualLoop extends AbstractExecutorService implements ScheduledExecutorService {

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<Timer<?>> timers = new ArrayList<>();
  private long now;

  /** Runs what was handed over, until nothing is left. */
  public void run() {
    Runnable task = tasks.poll();
    while (task != null) {
      task.run();
      task = tasks.poll();
    }
  }

  /** Lets time pass and runs what is due. */
  public void advance(long time, TimeUnit unit) {
    now += unit.toNanos(time);
    for (Timer<?> timer : List.copyOf(timers)) {
      timer.ring(now);
    }
    run();
  }

  public long pendingTimers() {
    return timers.stream().filter(timer -> !timer.isDone()).count();
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    Timer<?> timer = new Timer<>(Executors.callable(task), now + unit.toNanos(delay));
    timers.add(timer);
    return timer;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    Timer<V> timer = new Timer<>(task, now + unit.toNanos(delay));
    timers.add(timer);
    return timer;
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initial, long period, TimeUnit unit) {
    Timer<?> timer = new Timer<>(Executors.callable(task), now + unit.toNanos(initial));
    timer.period = unit.toNanos(period);
    timers.add(timer);
    return timer;
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initial, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }

  private static final class Timer<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private long due;
    private long period;

    Timer(Callable<V> task, long due) {
      super(task);
      this.due = due;
    }

    /** Runs the task as often as it is due. */
    void ring(long now) {
      while (due <= now && !isDone()) {
        if (period > 0) {
          due += period;
          runAndReset();
        } else {
          run();
        }
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
