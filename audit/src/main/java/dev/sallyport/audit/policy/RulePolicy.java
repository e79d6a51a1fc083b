package dev.sallyport.audit.policy;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.audit.AuditPolicy;
import dev.sallyport.audit.Judgement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first rule that matches judges; without one nothing is written.
 *
 * <p>Objects that hold credentials (Secrets, token requests, token reviews) are written only by a
 * rule that names their resource: a rule about everything means the request, not the password in
 * it. Such a request is then audited as Metadata.
 */
final class RulePolicy implements AuditPolicy {

  private final List<PolicyRule> rules;

  RulePolicy(List<PolicyRule> rules) {
    this.rules = List.copyOf(rules);
  }

  @Override
  public Judgement judge(@Nullable UserInfo user, RequestInfo request) {
    for (PolicyRule rule : rules) {
      if (rule.matches(user, request)) {
        return holdsCredentials(request) && !rule.names(request)
            ? rule.judgement().withoutObjects()
            : rule.judgement();
      }
    }
    return Judgement.SILENCE;
  }

  private static boolean holdsCredentials(RequestInfo request) {
    if (!request.resourceRequest()) {
      return false;
    }
    return switch (request.resource()) {
      case "secrets" -> request.apiGroup().isEmpty();
      case "serviceaccounts" -> request.subresource().equals("token");
      case "tokenreviews" -> request.apiGroup().equals("authentication.k8s.io");
      default -> false;
    };
  }
}
