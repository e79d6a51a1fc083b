package dev.sallyport.controllers.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.StatusException;
import dev.sallyport.controllers.ObjectClient;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rules of ClusterRoles with an aggregationRule what the ClusterRoles they select say. It
 * works on the executor, one pass for however many changes came meanwhile, and only when one of
 * them matters to an aggregating role.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles">Kubernetes:
 *     aggregated ClusterRoles</a>
 */
public final class ClusterRoleAggregator implements ObjectClient.Observer {

  private static final Logger log = LoggerFactory.getLogger(ClusterRoleAggregator.class);

  private static final long RETRY_SECONDS = 1;

  private final ObjectClient client;
  private final Executor executor;
  private final SortedMap<String, JsonNode> roles = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, JsonNode> aggregating = new ConcurrentHashMap<>();
  private final AtomicBoolean waiting = new AtomicBoolean();

  /**
   * @param executor where rules are gathered
   */
  public ClusterRoleAggregator(ObjectClient client, Executor executor) {
    this.client = client;
    this.executor = executor;
  }

  /** Reads all ClusterRoles and follows them from now on. */
  public void start() {
    client.observe(RbacResources.CLUSTER_ROLES, this);
  }

  @Override
  public void present(JsonNode role) {
    String name = role.path("metadata").path("name").asText();
    JsonNode before = roles.put(name, role);
    if (AggregatedRules.aggregates(role)) {
      aggregating.put(name, role);
    } else {
      aggregating.remove(name);
    }
    if (AggregatedRules.aggregates(role) || matters(role) || matters(before)) {
      schedule();
    }
  }

  @Override
  public void gone(JsonNode last) {
    String name = last.path("metadata").path("name").asText();
    roles.remove(name);
    aggregating.remove(name);
    if (matters(last)) {
      schedule();
    }
  }

  private boolean matters(@Nullable JsonNode role) {
    if (role == null) {
      return false;
    }
    for (JsonNode aggregate : aggregating.values()) {
      if (AggregatedRules.selects(aggregate, role)) {
        return true;
      }
    }
    return false;
  }

  private void schedule() {
    if (waiting.compareAndSet(false, true)) {
      executor.execute(this::pass);
    }
  }

  private void pass() {
    // Cleared first: what changes from here on is either seen below or scheduled anew.
    waiting.set(false);
    aggregating.forEach(this::aggregate);
  }

  private void aggregate(String name, JsonNode role) {
    ArrayNode rules = AggregatedRules.gather(name, role, roles);
    if (AggregatedRules.same(rules, role.path("rules"))) {
      return;
    }
    client
        .update(RbacResources.CLUSTER_ROLES, "", name, current -> withRules(current, rules))
        .whenDone(
            (done, failure) -> {
              if (failure != null) {
                failed(name, failure);
              }
            });
  }

  private static ObjectNode withRules(ObjectNode current, ArrayNode rules) {
    if (!AggregatedRules.aggregates(current)
        || AggregatedRules.same(rules, current.path("rules"))) {
      return current;
    }
    ObjectNode changed = current.deepCopy();
    changed.set("rules", rules.deepCopy());
    return changed;
  }

  private void failed(String name, Throwable failure) {
    if (Answer.unwrap(failure) instanceof StatusException refusal
        && refusal.status().reason().equals(Reason.NOT_FOUND)) {
      return; // deleted meanwhile
    }
    log.warn("ClusterRole {} was not aggregated, trying again: {}", name, failure.toString());
    CompletableFuture.delayedExecutor(RETRY_SECONDS, TimeUnit.SECONDS, executor)
        .execute(this::schedule);
  }
}
