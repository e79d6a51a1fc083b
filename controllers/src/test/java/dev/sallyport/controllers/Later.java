package dev.sallyport.controllers;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Keeps tasks until the test runs them. */
public final class Later implements Executor {
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  public int size() {
    return tasks.size();
  }

  /** Runs the tasks there are, not those they add. */
  public void runOnce() {
    for (int left = tasks.size(); left > 0; left--) {
      tasks.remove().run();
    }
  }
}
