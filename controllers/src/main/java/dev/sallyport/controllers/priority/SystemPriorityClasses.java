package dev.sallyport.controllers.priority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.WorkQueue;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The two priority classes that pods of the system name. Made at start when they are missing.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/">Guaranteed
 *     scheduling for critical add-on pods</a>
 */
public final class SystemPriorityClasses {
  private static final ResourceId CLASSES = new ResourceId("scheduling.k8s.io", "priorityclasses");

  private final ObjectClient client;
  private final WorkQueue queue;
  private final Map<String, ObjectNode> wanted =
      Map.of(
          "system-cluster-critical",
          priorityClass(
              "system-cluster-critical",
              2_000_000_000,
              "Used for system critical pods that must run in the cluster, but can be moved to"
                  + " another node if necessary."),
          "system-node-critical",
          priorityClass(
              "system-node-critical",
              2_000_001_000,
              "Used for system critical pods that must not be moved from their current node."));

  /**
   * @param later runs a task on the executor after a pause
   */
  public SystemPriorityClasses(ObjectClient client, Executor executor, Executor later) {
    this.client = client;
    this.queue = new WorkQueue("Making the priority class", executor, later, this::ensure);
  }

  public void start() {
    wanted.keySet().forEach(queue::add);
  }

  private Answer<Boolean> ensure(String name) {
    ObjectNode object = wanted.get(name);
    if (object == null) {
      return Answer.now(true);
    }
    return client
        .get(CLASSES, "", name)
        .then(
            found ->
                found.isPresent()
                    ? Answer.now(true)
                    : Outcomes.settled(() -> client.create(CLASSES, "", object.deepCopy())));
  }

  private static ObjectNode priorityClass(String name, int value, String description) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("kind", "PriorityClass").put("apiVersion", "scheduling.k8s.io/v1");
    object.putObject("metadata").put("name", name);
    return object
        .put("value", value)
        .put("description", description)
        .put("preemptionPolicy", "PreemptLowerPriority");
  }
}
