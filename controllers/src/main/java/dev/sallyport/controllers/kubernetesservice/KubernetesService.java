package dev.sallyport.controllers.kubernetesservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.WorkQueue;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Keeps the Service, Endpoints and EndpointSlice {@code kubernetes} in the namespace default: made
 * when they are missing, mended when they lead elsewhere.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/#directly-accessing-the-rest-api">Accessing
 *     the API from a pod</a>
 */
public final class KubernetesService {
  static final String NAME = "kubernetes";
  static final String NAMESPACE = "default";

  private final ObjectClient client;
  private final Map<String, Entry> entries;
  private final WorkQueue queue;

  /** One of the objects: its resource and what it must say. */
  private record Entry(ResourceId resource, ObjectNode wanted) {}

  /**
   * @param service what the objects say
   * @param later runs a task on the executor after a pause
   */
  public KubernetesService(
      ObjectClient client, ServiceObjects service, Executor executor, Executor later) {
    this.client = client;
    this.entries =
        Map.of(
            "Service", new Entry(new ResourceId("", "services"), service.service()),
            "Endpoints", new Entry(new ResourceId("", "endpoints"), service.endpoints()),
            "EndpointSlice",
                new Entry(new ResourceId("discovery.k8s.io", "endpointslices"), service.slice()));
    this.queue = new WorkQueue("Publishing the API's own", executor, later, this::ensure);
  }

  /** Begins; the namespace default is there already. */
  public void start() {
    entries.forEach(
        (kind, entry) -> {
          queue.add(kind);
          client.observe(entry.resource(), new Follower(kind));
        });
  }

  private final class Follower implements ObjectClient.Observer {
    private final String kind;

    Follower(String kind) {
      this.kind = kind;
    }

    @Override
    public void present(JsonNode object) {
      follow(object);
    }

    @Override
    public void gone(JsonNode last) {
      follow(last);
    }

    private void follow(JsonNode object) {
      JsonNode metadata = object.path("metadata");
      if (NAME.equals(metadata.path("name").textValue())
          && NAMESPACE.equals(metadata.path("namespace").textValue())) {
        queue.add(kind);
      }
    }
  }

  private Answer<Boolean> ensure(String kind) {
    Entry entry = entries.get(kind);
    if (entry == null) {
      return Answer.now(true);
    }
    return client
        .get(entry.resource(), NAMESPACE, NAME)
        .then(
            found ->
                Outcomes.settled(
                    () ->
                        found.isPresent()
                            ? client.update(
                                entry.resource(),
                                NAMESPACE,
                                NAME,
                                current -> ServiceObjects.mend(current, entry.wanted()))
                            : client.create(
                                entry.resource(), NAMESPACE, entry.wanted().deepCopy())));
  }
}
