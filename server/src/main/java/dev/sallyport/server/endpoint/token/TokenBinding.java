package dev.sallyport.server.endpoint.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.authn.token.serviceaccount.BoundObject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a token is bound to, found and checked.
 *
 * @param node the pod's node, or the node it is bound to itself
 */
record TokenBinding(
    Optional<BoundObject> pod, Optional<BoundObject> secret, Optional<BoundObject> node) {

  static final TokenBinding NONE =
      new TokenBinding(Optional.empty(), Optional.empty(), Optional.empty());

  /** Finds the object that the reference names, or fails as kube-apiserver does. */
  static Answer<TokenBinding> find(
      TokenSubjects subjects, String namespace, String account, JsonNode reference) {
    String kind = reference.path("kind").asText();
    String apiVersion = reference.path("apiVersion").asText();
    String name = reference.path("name").asText();
    if (apiVersion.indexOf('/') >= 0) {
      throw unbindable(apiVersion, kind);
    }
    return switch (kind) {
      case "Pod" ->
          subjects
              .get("pods", namespace, name)
              .then(pod -> ofPod(subjects, account, pod, checked(pod, reference)));
      case "Secret" ->
          subjects
              .get("secrets", namespace, name)
              .map(
                  secret ->
                      new TokenBinding(
                          Optional.empty(),
                          Optional.of(checked(secret, reference)),
                          Optional.empty()));
      case "Node" ->
          subjects
              .get("nodes", "", name)
              .map(
                  node ->
                      new TokenBinding(
                          Optional.empty(),
                          Optional.empty(),
                          Optional.of(checked(node, reference))));
      default -> throw unbindable(apiVersion, kind);
    };
  }

  private static Answer<TokenBinding> ofPod(
      TokenSubjects subjects, String account, ObjectNode pod, BoundObject bound) {
    String runsAs = pod.path("spec").path("serviceAccountName").asText();
    if (!runsAs.equals(account)) {
      throw new StatusException(
          Status.badRequest(
              "cannot bind token for serviceaccount \""
                  + account
                  + "\" to pod running with different serviceaccount name."));
    }
    String nodeName = pod.path("spec").path("nodeName").asText();
    if (nodeName.isEmpty()) {
      return Answer.now(new TokenBinding(Optional.of(bound), Optional.empty(), Optional.empty()));
    }
    return node(subjects, nodeName)
        .map(node -> new TokenBinding(Optional.of(bound), Optional.empty(), Optional.of(node)));
  }

  /** The pod's node; one that is not registered is known by its name alone. */
  private static Answer<BoundObject> node(TokenSubjects subjects, String name) {
    Answer<BoundObject> found = subjects.get("nodes", "", name).map(TokenBinding::object);
    if (found instanceof Answer.Now<BoundObject>) {
      return found;
    }
    return Answer.later(
        found
            .toStage()
            .exceptionallyCompose(
                failure ->
                    Answer.unwrap(failure) instanceof StatusException refusal
                            && refusal.status().reason().equals(Reason.NOT_FOUND)
                        ? CompletableFuture.completedFuture(new BoundObject(name, ""))
                        : CompletableFuture.failedFuture(failure)));
  }

  private static BoundObject checked(ObjectNode object, JsonNode reference) {
    BoundObject found = object(object);
    String uid = reference.path("uid").asText();
    if (!uid.isEmpty() && !uid.equals(found.uid())) {
      throw new StatusException(
          Status.conflict(
              "",
              reference.path("kind").asText(),
              found.name(),
              "the UID in the bound object reference ("
                  + uid
                  + ") does not match the UID in record. The object might have been deleted and then"
                  + " recreated"));
    }
    return found;
  }

  static BoundObject object(ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    return new BoundObject(metadata.path("name").asText(), metadata.path("uid").asText());
  }

  private static StatusException unbindable(String apiVersion, String kind) {
    String version = apiVersion.indexOf('/') < 0 ? "/" + apiVersion : apiVersion;
    return new StatusException(
        Status.badRequest("cannot bind token to object of type " + version + ", Kind=" + kind));
  }
}
