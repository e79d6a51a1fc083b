package dev.sallyport.controllers.standing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.WorkQueue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Makes cluster-scoped objects that clients take for granted, at each start those that are missing.
 * One that is there is left as it is.
 */
public final class StandingObjects {

  /**
   * An object that there must be.
   *
   * @param object with kind, apiVersion and a name; not changed after it is handed over
   */
  public record Standing(ResourceId resource, ObjectNode object) {
    String name() {
      return object.path("metadata").path("name").asText();
    }

    String key() {
      return resource.plural() + "/" + name();
    }
  }

  private final ObjectClient client;
  private final WorkQueue queue;
  private final Map<String, Standing> wanted = new LinkedHashMap<>();

  /**
   * @param later runs a task on the executor after a pause
   */
  public StandingObjects(
      ObjectClient client, List<Standing> objects, Executor executor, Executor later) {
    this.client = client;
    objects.forEach(each -> wanted.put(each.key(), each));
    this.queue = new WorkQueue("Making", executor, later, this::ensure);
  }

  public void start() {
    wanted.keySet().forEach(queue::add);
  }

  private Answer<Boolean> ensure(String key) {
    Standing standing = wanted.get(key);
    if (standing == null) {
      return Answer.now(true);
    }
    return client
        .get(standing.resource(), "", standing.name())
        .then(
            found ->
                found.isPresent()
                    ? Answer.now(true)
                    : Outcomes.settled(
                        () ->
                            client.create(standing.resource(), "", standing.object().deepCopy())));
  }
}
