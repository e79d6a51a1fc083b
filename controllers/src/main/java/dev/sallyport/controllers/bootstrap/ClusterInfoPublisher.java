package dev.sallyport.controllers.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Answer;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.configmap.PublishedConfigMap;
import dev.sallyport.controllers.namespace.NamespaceObserver;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.WorkQueue;
import java.util.concurrent.Executor;

/**
 * Makes cluster-info in kube-public when there is none, as {@code kubeadm init} does once. One that
 * is there is left as it is: whoever put another address into it had a reason.
 *
 * <p>It opens nothing: who may read cluster-info is a matter of roles.
 */
public final class ClusterInfoPublisher implements ObjectClient.Observer {
  private final ObjectClient client;
  private final String server;
  private final Watched<String> authorities;
  private final WorkQueue queue;
  private final NamespaceObserver namespaces;

  /**
   * @param server the server's URL
   * @param authorities PEM text
   * @param later runs a task on the executor after a pause
   */
  public ClusterInfoPublisher(
      ObjectClient client,
      String server,
      Watched<String> authorities,
      Executor executor,
      Executor later) {
    this.client = client;
    this.server = server;
    this.authorities = authorities;
    this.queue = new WorkQueue("Publishing", executor, later, name -> ensure());
    this.namespaces =
        new NamespaceObserver(
            name -> {
              if (name.equals(ClusterInfo.NAMESPACE)) {
                queue.add(ClusterInfo.NAME);
              }
            });
  }

  /** Follows the object from now on. */
  public void start() {
    client.observe(PublishedConfigMap.CONFIG_MAPS, this);
    namespaces.start(client);
  }

  @Override
  public void present(JsonNode configMap) {
    // What is there is somebody's own.
  }

  @Override
  public void gone(JsonNode last) {
    if (ClusterInfo.is(last)) {
      queue.add(ClusterInfo.NAME);
    }
  }

  private Answer<Boolean> ensure() {
    if (!namespaces.isActive(ClusterInfo.NAMESPACE)) {
      return Answer.now(true);
    }
    return client
        .get(PublishedConfigMap.CONFIG_MAPS, ClusterInfo.NAMESPACE, ClusterInfo.NAME)
        .then(
            found ->
                found.isPresent()
                    ? Answer.now(true)
                    : Outcomes.settled(
                        () ->
                            client.create(
                                PublishedConfigMap.CONFIG_MAPS,
                                ClusterInfo.NAMESPACE,
                                ClusterInfo.create(server, authorities.current()))));
  }
}
