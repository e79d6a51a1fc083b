package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what another process does in its own time. */
final class Eventually {

  private Eventually() {}

  /** Asks until it holds, half a minute at most. */
  static void holds(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        fail("did not come true: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
