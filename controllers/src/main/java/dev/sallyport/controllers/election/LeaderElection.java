package dev.sallyport.controllers.election;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.config.ControllersConfig;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.queue.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a Lease among replicas: who holds it leads. A leader that cannot renew in time leads no
 * more, before others may take its place; one that stops gives the Lease up. Times of others are
 * never compared with our clock: what counts is how long we have seen no change.
 *
 * <p>A store that only this process can open elects nobody: it leads at once, and the Lease only
 * says so.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/leases/">Leases</a>
 */
public final class LeaderElection {
  private static final Logger log = LoggerFactory.getLogger(LeaderElection.class);
  private static final ResourceId LEASES = new ResourceId("coordination.k8s.io", "leases");
  static final String NAMESPACE = "kube-system";
  static final String NAME = "sallyport-controllers";

  private final ObjectClient client;
  private final ControllersConfig config;
  private final String identity;
  private final boolean alone;
  private final Clock clock;
  private final Timer timer;
  private final LeaderEvents events;
  private final Leading leading;

  private LeaseRecord seen = LeaseRecord.none();
  private Instant seenAt = Instant.MIN;
  private Instant renewedAt = Instant.MIN;
  private boolean leads;
  private boolean stopped;

  /** Hears of leadership. Called on any thread, never twice at a time; quick. */
  public interface Leading {
    void begins();

    void ends();
  }

  /**
   * @param identity tells this replica from all others
   * @param alone whether no other process can have the store open
   */
  public LeaderElection(
      ObjectClient client,
      ControllersConfig config,
      String identity,
      boolean alone,
      Clock clock,
      Timer timer,
      Leading leading) {
    this.client = client;
    this.config = config;
    this.identity = identity;
    this.alone = alone;
    this.clock = clock;
    this.timer = timer;
    this.events = new LeaderEvents(client, identity, clock);
    this.leading = leading;
  }

  /** Begins to try for the Lease, in a namespace that is there. */
  public void start() {
    if (alone || !config.leaderElect()) {
      begin();
    }
    if (config.leaderElect()) {
      attempt();
    }
  }

  /**
   * Leads no more and gives the Lease up.
   *
   * @return done when others can see it, or when that failed
   */
  public Answer<Boolean> stop() {
    synchronized (this) {
      stopped = true;
    }
    if (!end("is stopping") || !config.leaderElect()) {
      return Answer.now(true);
    }
    return settled(client.update(LEASES, NAMESPACE, NAME, this::released).map(lease -> true));
  }

  private ObjectNode released(ObjectNode lease) {
    LeaseRecord record = LeaseRecord.of(lease);
    return record.holder().equals(identity) ? record.released(clock.instant()).write(lease) : lease;
  }

  private void attempt() {
    if (isStopped()) {
      return;
    }
    Answer<ObjectNode> written;
    try {
      written = write();
    } catch (RuntimeException e) {
      written = Answer.failed(e);
    }
    written.whenDone(this::attempted);
  }

  private Answer<ObjectNode> write() {
    return client
        .get(LEASES, NAMESPACE, NAME)
        .then(
            found ->
                found.isPresent()
                    ? client.update(LEASES, NAMESPACE, NAME, this::claim)
                    : client.create(
                        LEASES,
                        NAMESPACE,
                        LeaseRecord.none()
                            .heldBy(identity, config.leaseDuration(), clock.instant())
                            .create(NAMESPACE, NAME)));
  }

  /** Ours if nobody has it, if we have it, or if its holder was silent for too long. */
  private ObjectNode claim(ObjectNode lease) {
    LeaseRecord record = LeaseRecord.of(lease);
    boolean free = record.holder().isEmpty() || record.holder().equals(identity);
    return free || alone || lapsed(record)
        ? record.heldBy(identity, config.leaseDuration(), clock.instant()).write(lease)
        : lease;
  }

  private synchronized boolean lapsed(LeaseRecord record) {
    Instant now = clock.instant();
    if (!record.equals(seen)) {
      seen = record;
      seenAt = now;
    }
    return seenAt.plusSeconds(record.seconds()).isBefore(now);
  }

  private void attempted(@Nullable ObjectNode lease, @Nullable Throwable failure) {
    if (lease == null) {
      log.warn("The Lease {}/{} was not written: {}", NAMESPACE, NAME, String.valueOf(failure));
      timer.after(config.retryPeriod(), this::attempt);
    } else if (LeaseRecord.of(lease).holder().equals(identity)) {
      renewed(clock.instant());
      begin();
      timer.after(renewal(), this::attempt);
    } else {
      end("sees another leader: " + LeaseRecord.of(lease).holder());
      timer.after(config.retryPeriod(), this::attempt);
    }
  }

  /** Often enough to fail once, and seldom: each renewal is a durable write. */
  private Duration renewal() {
    Duration third = config.leaseDuration().dividedBy(3);
    Duration half = config.renewDeadline().dividedBy(2);
    return third.compareTo(half) < 0 ? third : half;
  }

  private void renewed(Instant now) {
    synchronized (this) {
      renewedAt = now;
    }
    if (!alone) {
      timer.after(config.renewDeadline(), () -> endUnlessRenewed(now));
    }
  }

  private void endUnlessRenewed(Instant last) {
    boolean silent;
    synchronized (this) {
      silent = renewedAt.equals(last);
    }
    if (silent) {
      end("could not renew its Lease");
    }
  }

  private synchronized void begin() {
    if (leads || stopped) {
      return;
    }
    leads = true;
    log.debug("{} leads: the controllers run here", identity);
    leading.begins();
    if (config.leaderElect()) {
      events.tell("became leader");
    }
  }

  private synchronized boolean end(String why) {
    if (!leads) {
      return false;
    }
    leads = false;
    log.info("{} leads no more: it {}", identity, why);
    leading.ends();
    if (config.leaderElect()) {
      events.tell("stopped leading");
    }
    return true;
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private static Answer<Boolean> settled(Answer<Boolean> write) {
    return write instanceof Answer.Now<Boolean>
        ? write
        : Answer.later(write.toStage().exceptionally(failure -> false));
  }
}
