package dev.sallyport.resources.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.registry.Admission;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Every pod runs as a service account that is there, and finds its token where clients look for
 * one.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#serviceaccount-admission-controller">ServiceAccount
 *     admission controller</a>
 */
public final class PodAccounts implements Admission {

  private static final String DEFAULT = "default";
  private static final String MIRROR = "kubernetes.io/config.mirror";

  /** A namespace's own account comes a moment after the namespace. */
  private static final int ATTEMPTS = 10;

  private static final long PAUSE_MILLIS = 150;

  private final ResourceStore store;
  private final ObjectCodec codec;
  private final Executor workers;

  /**
   * @param workers go on with what had to wait
   */
  public PodAccounts(ResourceStore store, ObjectCodec codec, Executor workers) {
    this.store = store;
    this.codec = codec;
    this.workers = workers;
  }

  @Override
  public Answer<Request> admit(Request request) {
    ObjectNode pod = request.object();
    if (pod == null || !PodAdmission.isNewPod(request)) {
      return Answer.now(request);
    }
    ObjectNode spec = pod.withObjectProperty("spec");
    if (pod.path("metadata").path("annotations").has(MIRROR)) {
      checkMirror(request, spec);
      return Answer.now(request);
    }
    if (spec.path("serviceAccountName").asText().isEmpty()) {
      spec.put("serviceAccountName", DEFAULT);
    }
    String name = spec.path("serviceAccountName").asText();
    spec.put("serviceAccount", name);
    return account(request.namespace(), name, name.equals(DEFAULT) ? ATTEMPTS : 1)
        .map(
            found -> {
              if (found.isEmpty()) {
                throw PodAdmission.forbidden(
                    request,
                    "error looking up service account %s/%s: serviceaccount \"%s\" not found"
                        .formatted(request.namespace(), name, name));
              }
              admit(request, spec, codec.read(found.get().json()));
              return request;
            });
  }

  private Answer<Optional<StoredObject>> account(String namespace, String name, int attempts) {
    return store
        .get(new Key("serviceaccounts", namespace, name))
        .then(
            found ->
                found.isPresent() || attempts == 1
                    ? Answer.now(found)
                    : later(namespace, name, attempts - 1));
  }

  private Answer<Optional<StoredObject>> later(String namespace, String name, int attempts) {
    Executor pause =
        CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, workers);
    return Answer.later(
        CompletableFuture.supplyAsync(() -> 0, pause)
            .thenCompose(zero -> account(namespace, name, attempts).toStage()));
  }

  /** A pod that a kubelet shows of its own files has nothing of the API's. */
  private static void checkMirror(Request request, ObjectNode spec) {
    if (!spec.path("serviceAccountName").asText().isEmpty()) {
      throw PodAdmission.forbidden(request, "a mirror pod may not reference service accounts");
    }
    if (!SecretUses.of(spec).isEmpty()) {
      throw PodAdmission.forbidden(request, "a mirror pod may not reference secrets");
    }
    for (JsonNode volume : spec.path("volumes")) {
      for (JsonNode source : volume.path("projected").path("sources")) {
        if (source.has("serviceAccountToken")) {
          throw PodAdmission.forbidden(
              request, "a mirror pod may not use ServiceAccountToken volume projections");
        }
      }
    }
  }

  private static void admit(Request request, ObjectNode spec, JsonNode account) {
    if (account
        .path("metadata")
        .path("annotations")
        .path("kubernetes.io/enforce-mountable-secrets")
        .asText()
        .equals("true")) {
      SecretUses.check(request, spec, account);
    }
    if (mounts(spec, account)) {
      TokenVolume.mount(spec);
    }
    JsonNode pulls = account.path("imagePullSecrets");
    if (spec.path("imagePullSecrets").isEmpty() && !pulls.isEmpty()) {
      spec.set("imagePullSecrets", pulls.deepCopy());
    }
  }

  /** The pod's word goes before the account's. */
  private static boolean mounts(JsonNode spec, JsonNode account) {
    JsonNode own = spec.path("automountServiceAccountToken");
    JsonNode general = account.path("automountServiceAccountToken");
    JsonNode said = own.isBoolean() ? own : general;
    return !said.isBoolean() || said.asBoolean();
  }
}
