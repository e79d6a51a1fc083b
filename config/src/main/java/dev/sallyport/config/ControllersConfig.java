package dev.sallyport.config;

import java.time.Duration;
import java.util.Set;

/**
 * Which controllers run, and how replicas agree on the one that runs them.
 *
 * @param enabled the controllers to run; the garbage collector's absence also makes every deletion
 *     a background one
 * @param leaderElect whether they run only while this process holds the Lease
 * @param leaseDuration how long others wait for a leader that is not heard of any more
 * @param renewDeadline how long a leader that cannot renew its Lease goes on
 * @param retryPeriod how often the Lease is tried for and renewed
 */
public record ControllersConfig(
    Set<ControllerName> enabled,
    boolean leaderElect,
    Duration leaseDuration,
    Duration renewDeadline,
    Duration retryPeriod) {

  /** Renewals are spread by up to this factor, so that replicas do not try in step. */
  public static final double JITTER = 1.2;

  public ControllersConfig {
    enabled = Set.copyOf(enabled);
    Faults faults = new Faults();
    faults.check(
        leaseDuration.toSeconds() >= 1 && leaseDuration.compareTo(renewDeadline) > 0,
        "--leader-elect-lease-duration",
        leaseDuration,
        "at least 1s, and longer than --leader-elect-renew-deadline");
    faults.check(
        renewDeadline.toMillis() > retryPeriod.toMillis() * JITTER,
        "--leader-elect-renew-deadline",
        renewDeadline,
        "longer than 1.2 times --leader-elect-retry-period");
    faults.check(
        !retryPeriod.isNegative() && !retryPeriod.isZero(),
        "--leader-elect-retry-period",
        retryPeriod,
        "more than 0s");
    faults.throwIfAny();
  }

  public boolean runs(ControllerName controller) {
    return enabled.contains(controller);
  }
}
