package dev.sallyport.store;

import java.time.Duration;

/**
 * How much history is kept for watches and lists of older revisions. What is over either limit
 * goes.
 *
 * @param events the most events over all collections
 * @param age the longest time an event is kept
 */
public record HistoryLimits(int events, Duration age) {

  /** Twice as long as kube-apiserver keeps etcd's revisions, for about 40 MB of usual objects. */
  public static final HistoryLimits DEFAULT = new HistoryLimits(20_000, Duration.ofMinutes(10));

  public HistoryLimits {
    if (events < 1) {
      throw new IllegalArgumentException("events: " + events + " (expected: at least 1)");
    }
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("age: " + age + " (expected: a positive duration)");
    }
  }
}
