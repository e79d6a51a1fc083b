package dev.sallyport.authz.rbac;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.Quoted;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.Decision;
import dev.sallyport.authz.EscalationCheck;
import dev.sallyport.authz.ForbiddenMessage;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleBinding.RoleRef;
import dev.sallyport.authz.RuleResolver.ResolvedRules;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a user store a role that grants nothing the user does not hold, and bind a role held or one
 * the user may {@code bind}. Members of system:masters and whoever may {@code escalate} are not
 * asked. An aggregating ClusterRole wants everything to be held, for it may gather anything.
 */
public final class RbacEscalationCheck implements EscalationCheck {

  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final List<PolicyRule> EVERYTHING =
      List.of(
          new PolicyRule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()),
          new PolicyRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*")));

  private final RbacIndex index;
  private final Authorizer authorizer;

  /**
   * @param authorizer the whole chain of authorizers, for bind and escalate
   */
  public RbacEscalationCheck(RbacIndex index, Authorizer authorizer) {
    this.index = index;
    this.authorizer = authorizer;
  }

  @Override
  public Answer<Optional<Status>> checkRole(UserInfo user, Role role, @Nullable Role previous) {
    if (user.groups().contains(WellKnown.GROUP_MASTERS)) {
      return allowed();
    }
    String resource = role.clusterWide() ? "clusterroles" : "roles";
    // A create by POST names no object, so a right bound to names does not help there.
    String name = previous == null ? "" : role.name();
    return mayDo(user, "escalate", role.namespace(), resource, name)
        .map(may -> may ? Optional.empty() : judgeRole(user, resource, role, previous));
  }

  private Optional<Status> judgeRole(
      UserInfo user, String resource, Role role, @Nullable Role previous) {
    Optional<Status> refused = judge(user, role.namespace(), role.rules(), resource, role.name());
    boolean aggregates = role.aggregated() || (previous != null && previous.aggregated());
    if (refused.isPresent() || !aggregates) {
      return refused;
    }
    ResolvedRules held = index.rulesFor(user, "");
    return RuleCoverage.missing(held.rules(), EVERYTHING).isEmpty()
        ? Optional.empty()
        : refuse(
            resource, role.name(), "must have cluster-admin privileges to use the aggregationRule");
  }

  @Override
  public Answer<Optional<Status>> checkBinding(UserInfo user, RoleBinding binding) {
    String bound =
        switch (binding.roleRef().kind()) {
          case RoleRef.CLUSTER_ROLE -> "clusterroles";
          case RoleRef.ROLE -> "roles";
          default -> "";
        };
    // A reference to no kind of role grants nothing; validation refuses it in its own words.
    if (bound.isEmpty() || user.groups().contains(WellKnown.GROUP_MASTERS)) {
      return allowed();
    }
    return mayDo(user, "bind", binding.namespace(), bound, binding.roleRef().name())
        .map(may -> may ? Optional.empty() : judgeBinding(user, binding));
  }

  private Optional<Status> judgeBinding(UserInfo user, RoleBinding binding) {
    String resource = binding.clusterWide() ? "clusterrolebindings" : "rolebindings";
    Optional<List<PolicyRule>> rules = index.rulesOf(binding);
    return rules.isEmpty()
        ? Optional.of(Status.notFound(GROUP, resource, binding.roleRef().name()))
        : judge(user, binding.namespace(), rules.get(), resource, binding.name());
  }

  private Optional<Status> judge(
      UserInfo user, String namespace, List<PolicyRule> wanted, String resource, String name) {
    if (RuleCoverage.tooMany(wanted)) {
      return refuse(resource, name, "too many permissions in one role to be checked");
    }
    ResolvedRules held = index.rulesFor(user, namespace);
    List<PolicyRule> missing = RuleCoverage.missing(held.rules(), wanted);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String why =
        "user "
            + Quoted.of(user.name())
            + " (groups="
            + Quoted.of(user.groups())
            + ") is attempting to grant RBAC permissions not currently held:\n"
            + MissingRules.describe(missing);
    return refuse(
        resource,
        name,
        held.errors().isEmpty()
            ? why
            : why + "; resolution errors: [" + Listed.of(held.errors()) + "]");
  }

  private static Optional<Status> refuse(String resource, String name, String why) {
    return Optional.of(ForbiddenMessage.resource(GROUP, resource, name, why));
  }

  private Answer<Boolean> mayDo(
      UserInfo user, String verb, String namespace, String resource, String name) {
    RequestInfo question = RequestInfo.ofResource(verb, GROUP, "*", namespace, resource, "", name);
    return authorizer
        .authorize(new Attributes(user, question))
        .map(result -> result.decision() == Decision.ALLOW);
  }

  private static Answer<Optional<Status>> allowed() {
    return Answer.now(Optional.empty());
  }
}
