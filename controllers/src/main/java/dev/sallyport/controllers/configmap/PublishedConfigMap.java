package dev.sallyport.controllers.configmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.queue.Outcomes;
import java.util.Map;

/**
 * Entries that a ConfigMap must have. What it has beside them is left alone.
 *
 * @param annotations annotations by key
 * @param data texts by key
 */
public record PublishedConfigMap(
    String name, Map<String, String> annotations, Map<String, String> data) {
  public static final ResourceId CONFIG_MAPS = new ResourceId("", "configmaps");

  public PublishedConfigMap {
    annotations = Map.copyOf(annotations);
    data = Map.copyOf(data);
  }

  /** Creates or mends it; writes nothing when all is there. */
  public Answer<Boolean> ensure(ObjectClient client, String namespace) {
    return client
        .get(CONFIG_MAPS, namespace, name)
        .then(
            found -> {
              if (found.isPresent() && saidBy(found.get())) {
                return Answer.now(true);
              }
              return Outcomes.settled(
                  () ->
                      found.isPresent()
                          ? client.update(CONFIG_MAPS, namespace, name, this::mend)
                          : client.create(CONFIG_MAPS, namespace, create(namespace)));
            });
  }

  /** Whether the object has all entries. */
  public boolean saidBy(JsonNode object) {
    return has(object.path("metadata").path("annotations"), annotations)
        && has(object.path("data"), data);
  }

  private static boolean has(JsonNode object, Map<String, String> entries) {
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      if (!entry.getValue().equals(object.path(entry.getKey()).textValue())) {
        return false;
      }
    }
    return true;
  }

  private ObjectNode create(String namespace) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("kind", "ConfigMap").put("apiVersion", "v1");
    object.putObject("metadata").put("name", name).put("namespace", namespace);
    return mend(object);
  }

  private ObjectNode mend(ObjectNode current) {
    ObjectNode object = current.deepCopy();
    if (!annotations.isEmpty()) {
      ObjectNode there = object.withObjectProperty("metadata").withObjectProperty("annotations");
      annotations.forEach(there::put);
    }
    data.forEach(object.withObjectProperty("data")::put);
    return object;
  }
}
