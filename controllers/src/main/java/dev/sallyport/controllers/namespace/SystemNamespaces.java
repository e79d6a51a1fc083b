package dev.sallyport.controllers.namespace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.WorkQueue;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The namespaces that clients take for granted. Made at start, and anew when one is deleted. */
public final class SystemNamespaces implements ObjectClient.Observer {
  public static final List<String> NAMES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease");

  private final ObjectClient client;
  private final WorkQueue queue;
  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> complete = new CompletableFuture<>();

  /**
   * @param later runs a task on the executor after a pause
   */
  public SystemNamespaces(ObjectClient client, Executor executor, Executor later) {
    this.client = client;
    this.missing.addAll(NAMES);
    this.queue = new WorkQueue("Making the namespace", executor, later, this::ensure);
  }

  /**
   * Begins.
   *
   * @return done when all of them have been there
   */
  public CompletionStage<Void> start() {
    client.observe(NamespaceObserver.NAMESPACES, this);
    NAMES.forEach(queue::add);
    return complete;
  }

  @Override
  public void present(JsonNode namespace) {
    String name = namespace.path("metadata").path("name").asText();
    if (missing.remove(name) && missing.isEmpty()) {
      complete.complete(null);
    }
  }

  @Override
  public void gone(JsonNode last) {
    String name = last.path("metadata").path("name").asText();
    if (NAMES.contains(name)) {
      queue.add(name);
    }
  }

  private Answer<Boolean> ensure(String name) {
    return client
        .get(NamespaceObserver.NAMESPACES, "", name)
        .then(found -> found.isPresent() ? Answer.now(true) : create(name));
  }

  private Answer<Boolean> create(String name) {
    ObjectNode namespace = JsonNodeFactory.instance.objectNode();
    namespace.put("kind", "Namespace").put("apiVersion", "v1");
    namespace.putObject("metadata").put("name", name);
    return Outcomes.settled(() -> client.create(NamespaceObserver.NAMESPACES, "", namespace));
  }
}
