package dev.sallyport.controllers.rootca;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Answer;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.configmap.PublishedConfigMap;
import dev.sallyport.controllers.namespace.NamespaceObserver;
import dev.sallyport.controllers.queue.WorkQueue;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Keeps the ConfigMap kube-root-ca.crt in every active namespace: made with the namespace, mended
 * when somebody changes it, changed with the bundle.
 *
 * @see <a href="https://github.com/kubernetes/enhancements/issues/1205">KEP-1205</a>
 */
public final class RootCaPublisher implements ObjectClient.Observer {
  private static final String NAME = "kube-root-ca.crt";
  private static final Map<String, String> ANNOTATIONS =
      Map.of(
          "kubernetes.io/description",
          "The authorities by which a client in this namespace knows the API server when it calls"
              + " it by an internal name or address. Nothing else is promised of them.");

  private final ObjectClient client;
  private final Watched<String> bundle;
  private final WorkQueue queue;
  private final NamespaceObserver namespaces;

  /**
   * @param bundle certificates as PEM text
   * @param later runs a task on the executor after a pause
   */
  public RootCaPublisher(
      ObjectClient client, Watched<String> bundle, Executor executor, Executor later) {
    this.client = client;
    this.bundle = bundle;
    this.queue = new WorkQueue("Publishing the root CA", executor, later, this::ensure);
    this.namespaces = new NamespaceObserver(queue::add);
  }

  public void start() {
    bundle.onChange(changed -> namespaces.active().forEach(queue::add));
    client.observe(PublishedConfigMap.CONFIG_MAPS, this);
    namespaces.start(client);
  }

  @Override
  public void present(JsonNode configMap) {
    if (named(configMap) && !published().saidBy(configMap)) {
      queue.add(configMap.path("metadata").path("namespace").asText());
    }
  }

  @Override
  public void gone(JsonNode last) {
    if (named(last)) {
      queue.add(last.path("metadata").path("namespace").asText());
    }
  }

  private static boolean named(JsonNode configMap) {
    return NAME.equals(configMap.path("metadata").path("name").textValue());
  }

  private Answer<Boolean> ensure(String namespace) {
    return namespaces.isActive(namespace)
        ? published().ensure(client, namespace)
        : Answer.now(true);
  }

  private PublishedConfigMap published() {
    return new PublishedConfigMap(NAME, ANNOTATIONS, Map.of("ca.crt", bundle.current()));
  }
}
