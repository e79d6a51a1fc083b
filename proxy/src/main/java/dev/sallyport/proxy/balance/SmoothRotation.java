package dev.sallyport.proxy.balance;

/**
 * Smooth weighted round robin: every run of as many choices as the weights sum up to holds each one
 * exactly as often as its weight says, spread evenly. Unlike a count of running requests it needs
 * nothing but the order of choices, so shares can be told beforehand; what answers slowly is held
 * by the limit on connections and taken out by health checks. Any thread.
 */
final class SmoothRotation {

  /** Which of the choices may be taken now. */
  interface Eligible {
    boolean test(int index);
  }

  private final int[] weights;
  private final long[] credits;

  SmoothRotation(int[] weights) {
    this.weights = weights.clone();
    this.credits = new long[weights.length];
  }

  /** The next one's index; -1 when none is eligible. */
  synchronized int next(Eligible eligible) {
    int best = -1;
    long total = 0;
    for (int i = 0; i < weights.length; i++) {
      if (eligible.test(i)) {
        credits[i] += weights[i];
        total += weights[i];
        if (best < 0 || credits[i] > credits[best]) {
          best = i;
        }
      }
    }
    if (best >= 0) {
      credits[best] -= total;
    }
    return best;
  }
}
