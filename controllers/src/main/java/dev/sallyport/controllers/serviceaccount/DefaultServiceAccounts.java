package dev.sallyport.controllers.serviceaccount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.namespace.NamespaceObserver;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.WorkQueue;
import java.util.concurrent.Executor;

/**
 * Gives every active namespace its service account {@code default}, anew when it is deleted.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/">Managing
 *     service accounts</a>
 */
public final class DefaultServiceAccounts implements ObjectClient.Observer {
  private static final ResourceId SERVICE_ACCOUNTS = new ResourceId("", "serviceaccounts");
  private static final String NAME = "default";

  private final ObjectClient client;
  private final WorkQueue queue;
  private final NamespaceObserver namespaces;

  /**
   * @param later runs a task on the executor after a pause
   */
  public DefaultServiceAccounts(ObjectClient client, Executor executor, Executor later) {
    this.client = client;
    this.queue = new WorkQueue("Making the default service account", executor, later, this::ensure);
    this.namespaces = new NamespaceObserver(queue::add);
  }

  public void start() {
    client.observe(SERVICE_ACCOUNTS, this);
    namespaces.start(client);
  }

  @Override
  public void present(JsonNode account) {}

  @Override
  public void gone(JsonNode last) {
    JsonNode metadata = last.path("metadata");
    if (metadata.path("name").asText().equals(NAME)) {
      queue.add(metadata.path("namespace").asText());
    }
  }

  private Answer<Boolean> ensure(String namespace) {
    if (!namespaces.isActive(namespace)) {
      return Answer.now(true);
    }
    return client
        .get(SERVICE_ACCOUNTS, namespace, NAME)
        .then(found -> found.isPresent() ? Answer.now(true) : create(namespace));
  }

  private Answer<Boolean> create(String namespace) {
    ObjectNode account = JsonNodeFactory.instance.objectNode();
    account.put("kind", "ServiceAccount").put("apiVersion", "v1");
    account.putObject("metadata").put("name", NAME).put("namespace", namespace);
    return Outcomes.settled(() -> client.create(SERVICE_ACCOUNTS, namespace, account));
  }
}
