package dev.sallyport.controllers.queue;

import java.time.Duration;

/** Runs tasks after a while. Any thread. */
@FunctionalInterface
public interface Timer {

  /**
   * Runs the task once, not before the delay is over, on a thread that may do a controller's work.
   */
  void after(Duration delay, Runnable task);
}
