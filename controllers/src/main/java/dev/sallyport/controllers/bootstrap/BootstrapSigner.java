package dev.sallyport.controllers.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.bootstrap.BootstrapSecret;
import dev.sallyport.api.bootstrap.BootstrapToken;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.configmap.PublishedConfigMap;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.WorkQueue;
import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Signs the kubeconfig of cluster-info with every bootstrap token that is meant for it, and takes
 * the signatures of all others away. A machine that holds such a token can so tell the true
 * cluster-info, which it reads from a server it does not trust yet.
 */
public final class BootstrapSigner {
  private final ObjectClient client;
  private final Clock clock;
  private final WorkQueue queue;

  /** All Secrets that keep bootstrap tokens, by name. */
  private final Map<String, BootstrapSecret> secrets = new ConcurrentHashMap<>();

  /**
   * @param later runs a task on the executor after a pause
   */
  public BootstrapSigner(ObjectClient client, Clock clock, Executor executor, Executor later) {
    this.client = client;
    this.clock = clock;
    this.queue = new WorkQueue("Signing", executor, later, name -> sign());
  }

  /** Follows the tokens and cluster-info from now on. */
  public void start() {
    client.observe(BootstrapSecrets.SECRETS, new Secrets());
    client.observe(PublishedConfigMap.CONFIG_MAPS, new Published());
  }

  private void due() {
    queue.add(ClusterInfo.NAME);
  }

  private Answer<Boolean> sign() {
    return Outcomes.settled(
        () ->
            client.update(
                PublishedConfigMap.CONFIG_MAPS,
                ClusterInfo.NAMESPACE,
                ClusterInfo.NAME,
                this::signed));
  }

  private ObjectNode signed(ObjectNode clusterInfo) {
    if (!clusterInfo.path("data").path(ClusterInfo.KUBECONFIG).isTextual()) {
      return clusterInfo;
    }
    ObjectNode data = clusterInfo.withObjectProperty("data");
    for (Iterator<String> keys = data.fieldNames(); keys.hasNext(); ) {
      if (keys.next().startsWith(ClusterInfo.SIGNATURE_PREFIX)) {
        keys.remove();
      }
    }
    String content = data.path(ClusterInfo.KUBECONFIG).textValue();
    for (BootstrapSecret secret : secrets.values()) {
      BootstrapToken token = signing(secret);
      if (token != null) {
        data.put(ClusterInfo.SIGNATURE_PREFIX + token.id(), DetachedSignature.of(content, token));
      }
    }
    return clusterInfo;
  }

  /** The token to sign with, or null when the Secret does not allow that. */
  private @Nullable BootstrapToken signing(BootstrapSecret secret) {
    boolean allowed =
        secret.hasItsOwnId()
            && !secret.deleting()
            && !secret.expired(clock.instant())
            && secret.allows(BootstrapSecret.USAGE_SIGNING);
    return allowed
        ? BootstrapToken.parse(
            secret.value(BootstrapSecret.TOKEN_ID)
                + "."
                + secret.value(BootstrapSecret.TOKEN_SECRET))
        : null;
  }

  private final class Secrets implements ObjectClient.Observer {
    @Override
    public void present(JsonNode secret) {
      if (BootstrapSecrets.keepsToken(secret)) {
        BootstrapSecret token = BootstrapSecrets.read(secret);
        secrets.put(token.name(), token);
        due();
      }
    }

    @Override
    public void gone(JsonNode last) {
      if (BootstrapSecrets.keepsToken(last)) {
        secrets.remove(last.path("metadata").path("name").asText());
        due();
      }
    }
  }

  private final class Published implements ObjectClient.Observer {
    @Override
    public void present(JsonNode configMap) {
      if (ClusterInfo.is(configMap)) {
        due();
      }
    }

    @Override
    public void gone(JsonNode last) {
      // Nothing is left to sign.
    }
  }
}
