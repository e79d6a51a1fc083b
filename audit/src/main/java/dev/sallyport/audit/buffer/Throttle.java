package dev.sallyport.audit.buffer;

import java.util.function.LongSupplier;

/** So many batches at once, then so many a second. For one thread. */
final class Throttle {

  private static final double SECOND = 1e9;

  private final double perNano;
  private final int burst;
  private final LongSupplier nanoTime;
  private double permits;
  private long at;

  Throttle(double perSecond, int burst, LongSupplier nanoTime) {
    this.perNano = perSecond / SECOND;
    this.burst = burst;
    this.nanoTime = nanoTime;
    this.permits = burst;
    this.at = nanoTime.getAsLong();
  }

  /** Takes a permit; answers how many nanoseconds to wait before using it. */
  long take() {
    long now = nanoTime.getAsLong();
    permits = Math.min(burst, permits + (now - at) * perNano);
    at = now;
    permits -= 1;
    return permits >= 0 ? 0 : (long) (-permits / perNano);
  }
}
