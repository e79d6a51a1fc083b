package dev.sallyport.controllers.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.bootstrap.BootstrapSecret;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.Timer;
import dev.sallyport.controllers.queue.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Deletes the Secrets of bootstrap tokens that have expired. Nobody gets in by them any more
 * anyway; this keeps kube-system tidy, and takes their signatures off cluster-info.
 */
public final class TokenCleaner implements ObjectClient.Observer {

  /** Clocks are set and machines sleep: a far end is looked at again. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final ObjectClient client;
  private final Clock clock;
  private final Timer timer;
  private final WorkQueue queue;

  /** For which end a Secret's next look is due, by its name. */
  private final Map<String, Instant> awaited = new ConcurrentHashMap<>();

  /**
   * @param later runs a task on the executor after a pause
   */
  public TokenCleaner(
      ObjectClient client, Clock clock, Timer timer, Executor executor, Executor later) {
    this.client = client;
    this.clock = clock;
    this.timer = timer;
    this.queue = new WorkQueue("Cleaning a bootstrap token", executor, later, this::clean);
  }

  /** Follows the Secrets from now on. */
  public void start() {
    client.observe(BootstrapSecrets.SECRETS, this);
  }

  @Override
  public void present(JsonNode secret) {
    if (BootstrapSecrets.keepsToken(secret)) {
      queue.add(secret.path("metadata").path("name").asText());
    }
  }

  @Override
  public void gone(JsonNode last) {
    // A timer that is still under way finds nothing.
  }

  private Answer<Boolean> clean(String name) {
    return client
        .get(BootstrapSecrets.SECRETS, BootstrapSecret.NAMESPACE, name)
        .then(found -> found.map(this::clean).orElse(Answer.now(true)));
  }

  private Answer<Boolean> clean(ObjectNode secret) {
    BootstrapSecret token = BootstrapSecrets.read(secret);
    if (!token.hasType() || token.deleting()) {
      return Answer.now(true);
    }
    if (token.expired(clock.instant())) {
      String uid = secret.path("metadata").path("uid").asText();
      return Outcomes.settled(
          () ->
              client.delete(
                  BootstrapSecrets.SECRETS, BootstrapSecret.NAMESPACE, token.name(), uid));
    }
    token.expiration().ifPresent(end -> await(token.name(), end));
    return Answer.now(true);
  }

  private void await(String name, Instant end) {
    if (end.equals(awaited.put(name, end))) {
      return; // a timer is under way
    }
    Duration left = Duration.between(clock.instant(), end).plusMillis(1);
    timer.after(
        left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT,
        () -> {
          awaited.remove(name, end);
          queue.add(name);
        });
  }
}
