package dev.sallyport.controllers.namespace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.queue.WorkQueue;
import java.util.concurrent.Executor;

/**
 * Ends namespaces: once the deletion of one is asked for, everything in it goes first, then the
 * namespace itself.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/administer-cluster/namespaces/#deleting-a-namespace">Deleting
 *     a namespace</a>
 */
public final class NamespaceTermination implements ObjectClient.Observer {
  private final ObjectClient client;
  private final NamespaceContent content;
  private final WorkQueue queue;

  /**
   * @param later runs a task on the executor after a pause: how long finalizers are left to others
   */
  public NamespaceTermination(
      ObjectClient client, NamespaceContent content, Executor executor, Executor later) {
    this.client = client;
    this.content = content;
    this.queue = new WorkQueue("Ending the namespace", executor, later, this::end);
  }

  public void start() {
    client.observe(NamespaceObserver.NAMESPACES, this);
  }

  @Override
  public void present(JsonNode namespace) {
    if (ending(namespace)) {
      queue.add(namespace.path("metadata").path("name").asText());
    }
  }

  @Override
  public void gone(JsonNode last) {}

  private Answer<Boolean> end(String name) {
    return client
        .get(NamespaceObserver.NAMESPACES, "", name)
        .then(
            found ->
                found.isPresent() && ending(found.get())
                    ? end(name, found.get())
                    : Answer.now(true)); // gone, or made anew
  }

  /**
   * Nothing is let in any more, and what was let in before is written before our deletions are, so
   * that what they leave is all there is. Never empties a namespace that may have been made anew.
   */
  private Answer<Boolean> end(String name, ObjectNode namespace) {
    boolean held = !namespace.path("spec").path("finalizers").isEmpty();
    return content
        .delete(name)
        .then(
            left -> {
              if (left > 0) {
                return Answer.now(false);
              }
              return held ? content.release(name) : Answer.now(true);
            });
  }

  private static boolean ending(JsonNode namespace) {
    return namespace.path("metadata").has("deletionTimestamp");
  }
}
