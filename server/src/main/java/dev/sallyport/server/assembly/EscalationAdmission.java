package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.authz.EscalationCheck;
import dev.sallyport.authz.objects.RbacObjects;
import dev.sallyport.resources.registry.Admission;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has every write of a role or binding judged by the escalation check. */
final class EscalationAdmission implements Admission {

  private static final String GROUP = "rbac.authorization.k8s.io";

  private final EscalationCheck check;

  EscalationAdmission(EscalationCheck check) {
    this.check = check;
  }

  @Override
  public Answer<Request> admit(Request request) {
    ObjectNode object = request.object();
    if (object == null
        || !request.resource().group().equals(GROUP)
        || onlyHousekeeping(object, request.old())) {
      return Answer.now(request);
    }
    return verdict(request, object).map(refusal -> pass(request, refusal));
  }

  private Answer<Optional<Status>> verdict(Request request, ObjectNode object) {
    ObjectNode old = request.old();
    return switch (request.resource().plural()) {
      case "roles", "clusterroles" ->
          check.checkRole(
              request.user(), RbacObjects.role(object), old == null ? null : RbacObjects.role(old));
      case "rolebindings", "clusterrolebindings" ->
          check.checkBinding(request.user(), RbacObjects.binding(object));
      default -> Answer.now(Optional.empty());
    };
  }

  private static Request pass(Request request, Optional<Status> refusal) {
    if (refusal.isPresent()) {
      throw new StatusException(refusal.get());
    }
    return request;
  }

  /** Whether nothing but finalizers and owner references changes, which gives nobody a right. */
  private static boolean onlyHousekeeping(ObjectNode object, @Nullable ObjectNode old) {
    return old != null && bare(object).equals(bare(old));
  }

  private static ObjectNode bare(ObjectNode object) {
    ObjectNode bare = object.deepCopy();
    if (bare.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(
          List.of(
              "finalizers", "ownerReferences", "managedFields", "resourceVersion", "generation"));
    }
    return bare;
  }
}
