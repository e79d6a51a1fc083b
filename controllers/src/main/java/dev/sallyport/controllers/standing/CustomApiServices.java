package dev.sallyport.controllers.standing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.WorkQueue;
import dev.sallyport.controllers.standing.LocalApiServices.Served;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * An APIService for each group and version in which custom resources are served, for as long as a
 * definition serves it. One that leads to a service elsewhere is somebody else's and left alone.
 */
public final class CustomApiServices implements ObjectClient.Observer {

  private static final ResourceId DEFINITIONS =
      new ResourceId("apiextensions.k8s.io", "customresourcedefinitions");

  private final ObjectClient client;
  private final WorkQueue queue;

  /** What each definition serves, by the definition's name; APIServices by their names. */
  private final Map<String, Map<String, Served>> served = new ConcurrentHashMap<>();

  /**
   * @param later runs a task on the executor after a pause
   */
  public CustomApiServices(ObjectClient client, Executor executor, Executor later) {
    this.client = client;
    this.queue = new WorkQueue("Keeping the APIService", executor, later, this::ensure);
  }

  /** Begins; what was left behind by a definition that is gone goes as well. */
  public void start() {
    client.observe(DEFINITIONS, this);
    client.observe(LocalApiServices.SERVICES, new Services());
  }

  /** Looks after APIServices that somebody else changed or deleted. */
  private final class Services implements ObjectClient.Observer {
    @Override
    public void present(JsonNode service) {
      if (ours(service)) {
        again(service);
      }
    }

    @Override
    public void gone(JsonNode last) {
      if (ours(last)) {
        again(last);
      }
    }

    private void again(JsonNode service) {
      queue.add(service.path("metadata").path("name").asText());
    }
  }

  @Override
  public void present(JsonNode definition) {
    Map<String, Served> now = new HashMap<>();
    String group = definition.path("spec").path("group").asText();
    for (JsonNode version : definition.path("spec").path("versions")) {
      if (version.path("served").asBoolean()) {
        String name = version.path("name").asText();
        now.put(name + "." + group, new Served(group, name));
      }
    }
    replace(definition, now);
  }

  @Override
  public void gone(JsonNode last) {
    replace(last, Map.of());
  }

  private void replace(JsonNode definition, Map<String, Served> now) {
    String name = definition.path("metadata").path("name").asText();
    Map<String, Served> before = served.put(name, now);
    Set<String> concerned = new HashSet<>(now.keySet());
    if (before != null) {
      concerned.addAll(before.keySet());
    }
    if (before == null || !before.equals(now)) {
      concerned.forEach(queue::add);
    }
    if (now.isEmpty()) {
      served.remove(name, now);
    }
  }

  private Answer<Boolean> ensure(String name) {
    Optional<Served> wanted =
        served.values().stream()
            .filter(versions -> versions.containsKey(name))
            .findFirst()
            .map(versions -> versions.get(name));
    return client
        .get(LocalApiServices.SERVICES, "", name)
        .then(
            found -> {
              if (wanted.isPresent()) {
                return found.isPresent() ? Answer.now(true) : create(wanted.get());
              }
              return found.isPresent() && ours(found.get())
                  ? remove(name, found.get())
                  : Answer.now(true);
            });
  }

  private Answer<Boolean> create(Served version) {
    ObjectNode object = LocalApiServices.object(version, LocalApiServices.ALWAYS);
    return Outcomes.settled(() -> client.create(LocalApiServices.SERVICES, "", object));
  }

  private Answer<Boolean> remove(String name, ObjectNode object) {
    String uid = object.path("metadata").path("uid").asText();
    return Outcomes.settled(() -> client.delete(LocalApiServices.SERVICES, "", name, uid));
  }

  private static boolean ours(JsonNode object) {
    return object
        .path("metadata")
        .path("labels")
        .path(LocalApiServices.AUTOMANAGED)
        .asText()
        .equals(LocalApiServices.ALWAYS);
  }
}
