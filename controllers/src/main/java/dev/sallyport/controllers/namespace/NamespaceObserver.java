package dev.sallyport.controllers.namespace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The namespaces that are active. For any thread; a listener hears of each new one after it is in
 * the set.
 */
public final class NamespaceObserver implements ObjectClient.Observer {
  public static final ResourceId NAMESPACES = new ResourceId("", "namespaces");

  private final Set<String> active = ConcurrentHashMap.newKeySet();
  private final Consumer<String> listener;

  /**
   * @param listener hears the name of each namespace that becomes active
   */
  public NamespaceObserver(Consumer<String> listener) {
    this.listener = listener;
  }

  /** Follows the namespaces from now on; those there are come within this call. */
  public void start(ObjectClient client) {
    client.observe(NAMESPACES, this);
  }

  public boolean isActive(String namespace) {
    return active.contains(namespace);
  }

  /** A view that changes with the namespaces. */
  public Set<String> active() {
    return active;
  }

  @Override
  public void present(JsonNode namespace) {
    String name = namespace.path("metadata").path("name").asText();
    if (namespace.path("metadata").has("deletionTimestamp")) {
      active.remove(name);
    } else if (active.add(name)) {
      listener.accept(name);
    }
  }

  @Override
  public void gone(JsonNode last) {
    active.remove(last.path("metadata").path("name").asText());
  }
}
