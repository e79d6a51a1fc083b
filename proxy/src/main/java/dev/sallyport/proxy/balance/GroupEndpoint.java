package dev.sallyport.proxy.balance;

import dev.sallyport.proxy.Upstream;

/**
 * One address of a group, and how it does. Any thread.
 *
 * <p>Two things keep requests away from it: probes that fail, until they succeed again; and
 * connections that cannot be made, for a while that doubles each time. The second is a guess, so it
 * gives way when there is nobody else.
 */
public final class GroupEndpoint {

  private static final long FIRST_REST_NANOS = 1_000_000_000L;
  private static final int MOST_DOUBLINGS = 5;

  private final String address;
  private final int weight;
  private final Upstream upstream;
  private final Upstream nameless;
  private volatile boolean healthy = true;
  private volatile long restsUntil;
  private volatile int failures;

  /**
   * @param address for messages and metrics
   * @param upstream for requests
   * @param nameless for what is asked with our own credential, on nobody's behalf
   */
  public GroupEndpoint(String address, int weight, Upstream upstream, Upstream nameless) {
    this.address = address;
    this.weight = weight;
    this.upstream = upstream;
    this.nameless = nameless;
  }

  public String address() {
    return address;
  }

  int weight() {
    return weight;
  }

  Upstream upstream() {
    return upstream;
  }

  Upstream nameless() {
    return nameless;
  }

  /** Whether probes find it well, or there are none. */
  public boolean healthy() {
    return healthy;
  }

  void healthy(boolean now) {
    healthy = now;
  }

  /** Whether a connection failed a moment ago. */
  boolean rests() {
    return failures > 0 && System.nanoTime() - restsUntil < 0;
  }

  void connected() {
    if (failures > 0) {
      failures = 0;
    }
  }

  /** A connection could not be made. */
  synchronized void unreachable() {
    int before = failures;
    restsUntil = System.nanoTime() + (FIRST_REST_NANOS << Math.min(before, MOST_DOUBLINGS));
    failures = before + 1;
  }

  void close() {
    upstream.close();
    nameless.close();
  }
}
