package dev.sallyport.authz.upstream;

import dev.sallyport.authz.RoleSource;
import dev.sallyport.authz.RolesContact;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.WebhookTarget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The roles and bindings of another cluster, with a credential that may list and watch them there.
 * Aggregated roles come with their rules, which that cluster has put together. Any thread.
 */
public final class UpstreamRoles implements RoleSource, AutoCloseable {

  private final String name;
  private final Cluster cluster;
  private final Clock clock;
  private final Executor threads;
  private final long refuseAfterMillis;
  private volatile List<KindReflector> reflectors = List.of();

  /**
   * @param name of the cluster, for log and refusals
   * @param target the cluster, with the credential
   * @param refuseAfter how long nothing may be heard of it; zero: as long as it likes
   * @param threads where what comes is read
   */
  public UpstreamRoles(
      String name,
      HttpsConnector connector,
      Watched<WebhookTarget> target,
      Duration refuseAfter,
      Clock clock,
      Executor threads) {
    this.name = name;
    this.cluster = new Cluster(connector, target);
    this.refuseAfterMillis = refuseAfter.toMillis();
    this.clock = clock;
    this.threads = threads;
  }

  /** Begins to read; what is there is told when it has come. To be called once. */
  @Override
  public void follow(Sink sink) {
    List<KindReflector> all = new ArrayList<>();
    for (RbacKind kind : RbacKind.values()) {
      all.add(new KindReflector(name, kind, cluster, sink, clock, threads));
    }
    reflectors = List.copyOf(all);
    all.forEach(KindReflector::start);
  }

  /** Why nothing can be decided by them now, in one line for clients; null: it can. */
  public @Nullable String unavailable() {
    for (KindReflector each : reflectors) {
      if (!each.listed()) {
        return "the roles and bindings of upstream " + name + " have not been read yet";
      }
    }
    if (refuseAfterMillis > 0 && clock.millis() - heardMillis() > refuseAfterMillis) {
      return "the roles and bindings of upstream " + name + " are too old to decide by";
    }
    return null;
  }

  /** How well they are known. */
  public RolesContact contact() {
    boolean synced = !reflectors.isEmpty();
    for (KindReflector each : reflectors) {
      synced &= each.listed() && each.trouble().isEmpty();
    }
    return new RolesContact(synced, Instant.ofEpochMilli(heardMillis()));
  }

  /** When the kind that has been silent the longest was last heard of; 0 before all have been. */
  private long heardMillis() {
    long oldest = reflectors.isEmpty() ? 0 : Long.MAX_VALUE;
    for (KindReflector each : reflectors) {
      oldest = Math.min(oldest, each.heardMillis());
    }
    return oldest;
  }

  /** What went wrong last, in one line; "" while all is well. */
  public String trouble() {
    for (KindReflector each : reflectors) {
      if (!each.trouble().isEmpty()) {
        return each.trouble();
      }
    }
    return "";
  }

  @Override
  public void close() {
    reflectors.forEach(KindReflector::stop);
    cluster.close();
  }
}
