package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.authn.token.serviceaccount.LegacyTokenUse;
import dev.sallyport.authn.token.serviceaccount.TokenSecret;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the day of last use onto secrets whose tokens are used. Any thread; never waits. */
final class LastUsedLabels implements LegacyTokenUse {

  private static final Logger log = LoggerFactory.getLogger(LastUsedLabels.class);
  private static final ResourceId SECRETS = new ResourceId("", "secrets");

  private final Executor workers;
  private volatile @Nullable ObjectClient client;

  LastUsedLabels(Executor workers) {
    this.workers = workers;
  }

  /** From now on labels are written; the first door is there before what stands behind it. */
  void writeBy(ObjectClient objects) {
    client = objects;
  }

  @Override
  public void used(String namespace, String secret, String day) {
    ObjectClient objects = client;
    if (objects != null) {
      try {
        workers.execute(() -> write(objects, namespace, secret, day));
      } catch (RejectedExecutionException e) {
        log.debug("Too busy to note the last use of secret {}/{}", namespace, secret);
      }
    }
  }

  private static void write(ObjectClient objects, String namespace, String secret, String day) {
    objects
        .update(SECRETS, namespace, secret, current -> labelled(current, day))
        .whenDone(
            (written, failure) -> {
              if (failure != null) {
                log.info(
                    "The last use of secret {}/{} was not noted: {}",
                    namespace,
                    secret,
                    failure.toString());
              }
            });
  }

  private static ObjectNode labelled(ObjectNode secret, String day) {
    secret
        .withObjectProperty("metadata")
        .withObjectProperty("labels")
        .put(TokenSecret.LAST_USED_LABEL, day);
    return secret;
  }
}
