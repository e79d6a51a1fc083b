package dev.sallyport.controllers.rbac;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.StatusException;
import dev.sallyport.controllers.ObjectClient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates or completes the default roles and bindings, once at start. Writes only what is missing,
 * all at once, so that a first start costs one or two commits.
 */
public final class DefaultPolicyReconciler {

  private static final Logger log = LoggerFactory.getLogger(DefaultPolicyReconciler.class);

  /** How often somebody else may create or delete an object while it is looked after. */
  private static final int MOST_ATTEMPTS = 3;

  private final ObjectClient client;
  private final PolicyCompletion completion;

  public DefaultPolicyReconciler(ObjectClient client, RuleComparison comparison) {
    this.client = client;
    this.completion = new PolicyCompletion(comparison);
  }

  /**
   * Reconciles everything. Completes when all is as it should be; fails with the first failure when
   * all has been tried.
   */
  public CompletionStage<Void> run() {
    List<PolicyObject> policy = DefaultPolicy.load();
    Set<String> namespaces = new LinkedHashSet<>();
    policy.forEach(object -> namespaces.add(object.namespace()));
    namespaces.remove("");
    List<CompletableFuture<?>> all = new ArrayList<>();
    CompletionStage<Void> homes = allOf(namespaces.stream().map(this::ensureNamespace).toList());
    for (PolicyObject object : policy) {
      CompletionStage<?> done =
          object.namespace().isEmpty()
              ? reconcile(object, 1).toStage()
              : homes.thenCompose(unused -> reconcile(object, 1).toStage());
      all.add(done.toCompletableFuture());
    }
    return allOf(all);
  }

  private static CompletionStage<Void> allOf(List<CompletableFuture<?>> parts) {
    return CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]));
  }

  private CompletableFuture<?> ensureNamespace(String name) {
    ObjectNode namespace = JsonNodeFactory.instance.objectNode();
    namespace.put("kind", "Namespace").put("apiVersion", "v1");
    namespace.putObject("metadata").put("name", name);
    return client
        .get(RbacResources.NAMESPACES, "", name)
        .then(
            known ->
                known.isPresent()
                    ? Answer.now(known.get())
                    : client.create(RbacResources.NAMESPACES, "", namespace))
        .toStage()
        .exceptionallyCompose(
            failure ->
                hasReason(Reason.ALREADY_EXISTS, failure)
                    ? CompletableFuture.completedFuture(namespace)
                    : CompletableFuture.failedFuture(failure))
        .toCompletableFuture();
  }

  private Answer<Boolean> reconcile(PolicyObject wanted, int attempt) {
    return client
        .get(wanted.resource(), wanted.namespace(), wanted.name())
        .then(stored -> stored.isEmpty() ? create(wanted, attempt) : mend(stored, wanted, attempt));
  }

  private Answer<Boolean> create(PolicyObject wanted, int attempt) {
    return retrying(
        Reason.ALREADY_EXISTS,
        client
            .create(wanted.resource(), wanted.namespace(), wanted.tree().deepCopy())
            .map(o -> true),
        wanted,
        attempt);
  }

  private Answer<Boolean> mend(Optional<ObjectNode> found, PolicyObject wanted, int attempt) {
    ObjectNode stored = found.orElseThrow();
    if (PolicyCompletion.leftAlone(stored)) {
      return Answer.now(false);
    }
    if (PolicyCompletion.ofAnotherRole(stored, wanted)) {
      log.info("Replacing {} {}: it binds another role", wanted.resource().plural(), wanted.name());
      String uid = stored.path("metadata").path("uid").asText();
      return client
          .delete(wanted.resource(), wanted.namespace(), wanted.name(), uid)
          .then(unused -> create(wanted, attempt));
    }
    if (completion.complete(stored, wanted).equals(stored)) {
      return Answer.now(false);
    }
    log.info("Completing {} {}", wanted.resource().plural(), wanted.name());
    return retrying(
        Reason.NOT_FOUND,
        client
            .update(
                wanted.resource(),
                wanted.namespace(),
                wanted.name(),
                current -> completion.complete(current, wanted))
            .map(o -> true),
        wanted,
        attempt);
  }

  /** Looks again when the write met a state that was not there a moment ago. */
  private Answer<Boolean> retrying(
      String reason, Answer<Boolean> write, PolicyObject wanted, int attempt) {
    return Answer.later(
        write
            .toStage()
            .<CompletionStage<Boolean>>handle(
                (done, failure) -> {
                  if (failure == null) {
                    return CompletableFuture.completedFuture(done);
                  }
                  if (attempt < MOST_ATTEMPTS && hasReason(reason, failure)) {
                    return reconcile(wanted, attempt + 1).toStage();
                  }
                  return CompletableFuture.failedFuture(Answer.unwrap(failure));
                })
            .thenCompose(stage -> stage));
  }

  private static boolean hasReason(String reason, Throwable failure) {
    return Answer.unwrap(failure) instanceof StatusException refusal
        && refusal.status().reason().equals(reason);
  }
}
