package dev.sallyport.controllers.standing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.standing.StandingObjects.Standing;
import java.util.List;

/**
 * The two PriorityClasses that every cluster has.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/">Guaranteed
 *     scheduling for critical add-on pods</a>
 */
public final class SystemPriorities {

  private static final ResourceId CLASSES = new ResourceId("scheduling.k8s.io", "priorityclasses");

  private SystemPriorities() {}

  public static List<Standing> objects() {
    return List.of(
        of(
            "system-node-critical",
            2_000_001_000,
            "For pods that a node cannot do without and that must stay on it."),
        of(
            "system-cluster-critical",
            2_000_000_000,
            "For pods that the cluster cannot do without, on whichever node they run."));
  }

  private static Standing of(String name, int value, String description) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("kind", "PriorityClass").put("apiVersion", "scheduling.k8s.io/v1");
    object.putObject("metadata").put("name", name);
    object.put("value", value).put("description", description);
    return new Standing(CLASSES, object);
  }
}
