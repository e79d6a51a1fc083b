package dev.sallyport.server.endpoint.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusCause;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.resources.validation.Selectors;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.review.Review;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Deletes a pod if the disruption budget it falls under allows it: what kubectl drain asks for.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/">API-initiated
 *     eviction</a>
 */
public final class PodEviction implements Review {

  private static final UserInfo SERVER =
      UserInfo.of(WellKnown.USER_APISERVER, WellKnown.GROUP_MASTERS);
  private static final String GROUP = "policy";
  private static final String BUDGETS = "poddisruptionbudgets";
  private static final String REFUSED =
      "Cannot evict pod as it would violate the pod's disruption budget.";

  /** So many pods may be on their way out before the budget's controller has seen one go. */
  private static final int MOST_UNDER_WAY = 2_000;

  private final StoredObjects objects;
  private final Clock clock;

  public PodEviction(StoredObjects objects, Clock clock) {
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public Answer<ObjectNode> answer(RequestContext context, ObjectNode eviction) {
    String named = eviction.path("metadata").path("name").asText();
    if (!named.equals(context.info().name())) {
      throw new StatusException(
          Status.badRequest("name in URL does not match name in Eviction object"));
    }
    String namespace = context.info().namespace();
    return objects
        .get(context.user(), "pods", namespace, named)
        .then(pod -> permitted(context, namespace, pod, dryRun(context, eviction)))
        .then(yes -> delete(context, namespace, named, eviction))
        .map(done -> StoredObjects.done());
  }

  private static boolean dryRun(RequestContext context, ObjectNode eviction) {
    return !eviction.path("deleteOptions").path("dryRun").isEmpty()
        || !context.query().all("dryRun").isEmpty();
  }

  private Answer<Boolean> delete(
      RequestContext context, String namespace, String name, ObjectNode eviction) {
    ObjectNode options =
        eviction.get("deleteOptions") instanceof ObjectNode given
            ? given.deepCopy()
            : eviction.objectNode();
    if (!context.query().all("dryRun").isEmpty()) {
      options.putArray("dryRun").add("All");
    }
    if (!options.isEmpty()) {
      options.put("kind", "DeleteOptions").put("apiVersion", "v1");
    }
    return objects.delete(
        objects.call(context.user(), "", "pods", namespace, name, "", context.query()), options);
  }

  /** Answers true, or fails with why the pod has to stay. */
  private Answer<Boolean> permitted(
      RequestContext context, String namespace, ObjectNode pod, boolean dryRun) {
    if (counts(pod)) {
      return objects
          .list(SERVER, GROUP, BUDGETS, namespace)
          .then(budgets -> underBudget(context, namespace, pod, covering(budgets, pod), dryRun));
    }
    return Answer.now(true);
  }

  /** What does not run yet or no more, and what is going anyway, is missed by nobody. */
  private static boolean counts(ObjectNode pod) {
    return switch (pod.path("status").path("phase").asText()) {
      case "Succeeded", "Failed", "Pending" -> false;
      default -> !pod.path("metadata").has("deletionTimestamp");
    };
  }

  private static List<ObjectNode> covering(List<ObjectNode> budgets, ObjectNode pod) {
    JsonNode labels = pod.path("metadata").path("labels");
    return budgets.stream()
        .filter(budget -> Selectors.matches(budget.path("spec").path("selector"), labels))
        .toList();
  }

  private Answer<Boolean> underBudget(
      RequestContext context,
      String namespace,
      ObjectNode pod,
      List<ObjectNode> budgets,
      boolean dryRun) {
    if (budgets.isEmpty()) {
      return Answer.now(true);
    }
    if (budgets.size() > 1) {
      return Answer.failed(
          new StatusException(
              new Status(
                  500,
                  "",
                  "This pod has more than one PodDisruptionBudget, which the eviction subresource"
                      + " does not support.",
                  null)));
    }
    ObjectNode budget = budgets.get(0);
    if (!isReady(pod) && unhealthyMayGo(budget)) {
      return Answer.now(true);
    }
    String name = pod.path("metadata").path("name").asText();
    String budgetName = budget.path("metadata").path("name").asText();
    if (dryRun) {
      try {
        spent(budget, name);
        return Answer.now(true);
      } catch (StatusException refusal) {
        return Answer.failed(refusal);
      }
    }
    return objects.change(
        objects.call(SERVER, GROUP, BUDGETS, namespace, budgetName, "status", context.query()),
        current -> spent(current, name));
  }

  private static boolean isReady(ObjectNode pod) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private static boolean unhealthyMayGo(ObjectNode budget) {
    JsonNode status = budget.path("status");
    long desired = status.path("desiredHealthy").asLong();
    return budget.path("spec").path("unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow")
        || (desired > 0 && status.path("currentHealthy").asLong() >= desired);
  }

  /** The budget with one disruption less, which is this pod's. */
  private ObjectNode spent(ObjectNode current, String pod) {
    ObjectNode budget = current.deepCopy();
    String name = budget.path("metadata").path("name").asText();
    ObjectNode status = budget.withObjectProperty("status");
    long allowed = status.path("disruptionsAllowed").asLong();
    if (status.path("observedGeneration").asLong()
        < budget.path("metadata").path("generation").asLong()) {
      throw refused(
          10, "The disruption budget " + name + " is still being processed by the server.");
    }
    if (allowed < 0) {
      throw forbidden(name, "pdb disruptions allowed is negative");
    }
    if (status.path("disruptedPods").size() > MOST_UNDER_WAY) {
      throw forbidden(
          name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
    }
    if (allowed == 0) {
      throw refused(
          0,
          "The disruption budget %s needs %d healthy pods and has %d currently"
              .formatted(
                  name,
                  status.path("desiredHealthy").asLong(),
                  status.path("currentHealthy").asLong()));
    }
    status.put("disruptionsAllowed", allowed - 1);
    status
        .withObjectProperty("disruptedPods")
        .put(pod, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return budget;
  }

  private static StatusException refused(int retrySeconds, String why) {
    return new StatusException(
        new Status(
            429,
            Reason.TOO_MANY_REQUESTS,
            REFUSED,
            new StatusDetails(
                "",
                "",
                "",
                "",
                List.of(new StatusCause("DisruptionBudget", why, "")),
                retrySeconds)));
  }

  private static StatusException forbidden(String budget, String why) {
    String subject = BUDGETS + "." + GROUP + " \"" + budget + "\" is forbidden: ";
    return new StatusException(Status.forbidden(GROUP, BUDGETS, budget, subject + why));
  }
}
