package dev.sallyport.controllers.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sallyport.api.Answer;
import dev.sallyport.config.RequestHeaderConfig;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.configmap.PublishedConfigMap;
import dev.sallyport.controllers.namespace.NamespaceObserver;
import dev.sallyport.controllers.queue.WorkQueue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Publishes in kube-system by which authorities clients and front proxies are known here, so that
 * extension servers may trust the same ones.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/">Configure
 *     the aggregation layer</a>
 */
public final class AuthenticationPublisher implements ObjectClient.Observer {
  private static final String NAMESPACE = "kube-system";
  private static final String NAME = "extension-apiserver-authentication";

  /**
   * A front proxy's headers and the authorities it is known by.
   *
   * @param bundle certificates as PEM text
   */
  public record FrontProxy(RequestHeaderConfig headers, Watched<String> bundle) {}

  private final ObjectClient client;
  private final Optional<Watched<String>> clientBundle;
  private final Optional<FrontProxy> proxy;
  private final WorkQueue queue;
  private final NamespaceObserver namespaces;

  /**
   * @param clientBundle the authorities of client certificates as PEM text
   * @param later runs a task on the executor after a pause
   */
  public AuthenticationPublisher(
      ObjectClient client,
      Optional<Watched<String>> clientBundle,
      Optional<FrontProxy> proxy,
      Executor executor,
      Executor later) {
    this.client = client;
    this.clientBundle = clientBundle;
    this.proxy = proxy;
    this.queue = new WorkQueue("Publishing the authentication", executor, later, this::ensure);
    this.namespaces =
        new NamespaceObserver(
            name -> {
              if (name.equals(NAMESPACE)) {
                due();
              }
            });
  }

  /** Follows the object from now on, if there is anything to publish. */
  public void start() {
    if (clientBundle.isEmpty() && proxy.isEmpty()) {
      return;
    }
    clientBundle.ifPresent(bundle -> bundle.onChange(changed -> due()));
    proxy.ifPresent(front -> front.bundle().onChange(changed -> due()));
    client.observe(PublishedConfigMap.CONFIG_MAPS, this);
    namespaces.start(client);
  }

  @Override
  public void present(JsonNode configMap) {
    if (ours(configMap) && !published().saidBy(configMap)) {
      due();
    }
  }

  @Override
  public void gone(JsonNode last) {
    if (ours(last)) {
      due();
    }
  }

  private static boolean ours(JsonNode configMap) {
    JsonNode metadata = configMap.path("metadata");
    return NAME.equals(metadata.path("name").textValue())
        && NAMESPACE.equals(metadata.path("namespace").textValue());
  }

  private void due() {
    queue.add(NAME);
  }

  private Answer<Boolean> ensure(String name) {
    return namespaces.isActive(NAMESPACE)
        ? published().ensure(client, NAMESPACE)
        : Answer.now(true);
  }

  private PublishedConfigMap published() {
    Map<String, String> data = new HashMap<>();
    clientBundle.ifPresent(bundle -> data.put("client-ca-file", bundle.current()));
    proxy.ifPresent(
        front -> {
          RequestHeaderConfig headers = front.headers();
          data.put("requestheader-client-ca-file", front.bundle().current());
          data.put("requestheader-allowed-names", json(headers.allowedNames()));
          data.put("requestheader-username-headers", json(headers.usernameHeaders()));
          data.put("requestheader-uid-headers", json(headers.uidHeaders()));
          data.put("requestheader-group-headers", json(headers.groupHeaders()));
          data.put("requestheader-extra-headers-prefix", json(headers.extraHeaderPrefixes()));
        });
    return new PublishedConfigMap(NAME, Map.of(), data);
  }

  private static String json(List<String> names) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    names.forEach(array::add);
    return array.toString();
  }
}
