package dev.sallyport.controllers.serviceaccount;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.configmap.PublishedConfigMap;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.WorkQueue;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Executor;

/**
 * Notes, once, since when the last use of tokens in secrets is noted: a secret without a label was
 * not used since that day.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#legacy-serviceaccount-token-tracking-controller">Legacy
 *     ServiceAccount token tracking controller</a>
 */
public final class LegacyTokenTracking {
  private static final String NAMESPACE = "kube-system";
  private static final String NAME = "kube-apiserver-legacy-service-account-token-tracking";

  private final ObjectClient client;
  private final Clock clock;
  private final WorkQueue queue;

  /**
   * @param later runs a task on the executor after a pause
   */
  public LegacyTokenTracking(ObjectClient client, Clock clock, Executor executor, Executor later) {
    this.client = client;
    this.clock = clock;
    this.queue = new WorkQueue("Noting the beginning of", executor, later, this::ensure);
  }

  /** Begins; the namespace kube-system is there already. */
  public void start() {
    queue.add(NAME);
  }

  private Answer<Boolean> ensure(String name) {
    return client
        .get(PublishedConfigMap.CONFIG_MAPS, NAMESPACE, name)
        .then(
            found ->
                found.isPresent()
                    ? Answer.now(true)
                    : Outcomes.settled(
                        () -> client.create(PublishedConfigMap.CONFIG_MAPS, NAMESPACE, since())));
  }

  private ObjectNode since() {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    map.put("kind", "ConfigMap").put("apiVersion", "v1");
    map.putObject("metadata").put("name", NAME).put("namespace", NAMESPACE);
    map.putObject("data")
        .put("since", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString());
    return map;
  }
}
