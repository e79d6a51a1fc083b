package dev.sallyport.webhook.post;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a call is made and how long is waited in between.
 *
 * @param first the first pause
 * @param factor what each further pause is multiplied by
 * @param jitter up to how much of itself a pause is longer, by chance
 * @param attempts the calls in all
 */
public record Backoff(Duration first, double factor, double jitter, int attempts) {

  /** As kube-apiserver waits for its webhooks: five calls within some four seconds. */
  public static final Backoff STANDARD = new Backoff(Duration.ofMillis(500), 1.5, 0.2, 5);

  /** As {@link #STANDARD} with another first pause. */
  public static Backoff startingWith(Duration first) {
    return new Backoff(first, STANDARD.factor(), STANDARD.jitter(), STANDARD.attempts());
  }

  /**
   * @param attempt how many calls have been made
   */
  long pauseNanos(int attempt) {
    double pause = first.toNanos() * Math.pow(factor, attempt - 1.0);
    return (long) (pause * (1 + jitter * ThreadLocalRandom.current().nextDouble()));
  }
}
