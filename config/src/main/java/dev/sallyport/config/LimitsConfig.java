package dev.sallyport.config;

import java.time.Duration;

/**
 * What keeps one caller from taking the server from the others, and how long it takes to stop.
 *
 * @param maxRequestsInFlight reads at one time, 0 for no limit; watches do not count
 * @param maxMutatingRequestsInFlight writes at one time, 0 for no limit
 * @param maxWatchesPerUser watches that one user may have open, 0 for no limit; members of
 *     system:masters have none
 * @param requestTimeout the deadline of everything but watches and the like
 * @param minRequestTimeout the least time a watch without a timeout of its own stays open; the
 *     actual one lies between it and twice that
 * @param shutdownDelay how long the server goes on serving, not ready any more, after SIGTERM
 * @param shutdownWatchGrace how long watches may take to end after that
 */
public record LimitsConfig(
    int maxRequestsInFlight,
    int maxMutatingRequestsInFlight,
    int maxWatchesPerUser,
    Duration requestTimeout,
    Duration minRequestTimeout,
    Duration shutdownDelay,
    Duration shutdownWatchGrace) {
  public LimitsConfig {
    new Faults()
        .check(
            maxRequestsInFlight >= 0, "--max-requests-inflight", maxRequestsInFlight, "0 or more")
        .check(
            maxMutatingRequestsInFlight >= 0,
            "--max-mutating-requests-inflight",
            maxMutatingRequestsInFlight,
            "0 or more")
        .check(maxWatchesPerUser >= 0, "--max-watches-per-user", maxWatchesPerUser, "0 or more")
        .check(
            !requestTimeout.isNegative(), "--request-timeout", requestTimeout, "no negative time")
        .check(
            !minRequestTimeout.isNegative(),
            "--min-request-timeout",
            minRequestTimeout,
            "no negative number of seconds")
        .check(
            !shutdownDelay.isNegative(),
            "--shutdown-delay-duration",
            shutdownDelay,
            "no negative time")
        .check(
            !shutdownWatchGrace.isNegative(),
            "--shutdown-watch-termination-grace-period",
            shutdownWatchGrace,
            "no negative time")
        .throwIfAny();
  }
}
