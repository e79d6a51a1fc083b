package dev.sallyport.controllers.election;

import java.time.Duration;

/** Runs tasks after a while. */
@FunctionalInterface
public interface Timer {
  void after(Duration pause, Runnable task);
}
