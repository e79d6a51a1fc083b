package dev.sallyport.authz.factory;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.Decision;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.RuleResolver;
import dev.sallyport.authz.RuleResolver.ResolvedRules;
import dev.sallyport.authz.SightSource;
import dev.sallyport.authz.factory.AuthorizerFactory.Authorization;
import dev.sallyport.authz.rbac.RbacAuthorizer;
import dev.sallyport.authz.rbac.RbacIndex;
import dev.sallyport.authz.rbac.RbacSights;
import dev.sallyport.authz.union.UnionAuthorizer;
import dev.sallyport.authz.union.UnionRuleResolver;
import dev.sallyport.config.AuthorizationMode;
import java.util.ArrayList;
import java.util.List;

/** Authorizers in the order in which they are added, behind the one for the cluster's masters. */
final class AuthorizerChain {

  private static final Answer<AuthorizationResult> ALLOW =
      Answer.now(AuthorizationResult.allow(""));
  private static final Answer<AuthorizationResult> ABSTAIN =
      Answer.now(AuthorizationResult.NO_OPINION);
  private static final Answer<AuthorizationResult> ALL_FORBIDDEN =
      Answer.now(new AuthorizationResult(Decision.NO_OPINION, "Everything is forbidden.", null));
  private static final ResolvedRules NOTHING = new ResolvedRules(List.of(), false, List.of());
  private static final ResolvedRules UNKNOWN =
      new ResolvedRules(
          List.of(), true, List.of("webhook authorizer does not support user rule resolution"));
  private static final ResolvedRules EVERYTHING =
      new ResolvedRules(
          List.of(
              new PolicyRule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()),
              new PolicyRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*"))),
          false,
          List.of());

  private final RbacIndex index;
  private final List<Authorizer> authorizers = new ArrayList<>();
  private final List<RuleResolver> resolvers = new ArrayList<>();
  private SightSource sights = SightSource.NONE;
  private boolean asksOthersFirst;

  AuthorizerChain(RbacIndex index) {
    this.index = index;
    // Before all others: no edit of roles and no webhook may lock the cluster's masters out.
    authorizers.add(AuthorizerChain::allowMasters);
  }

  void addWebhook(Authorizer webhook) {
    authorizers.add(webhook);
    resolvers.add((user, namespace) -> UNKNOWN);
    asksOthersFirst = true;
  }

  /** Any mode but Webhook. */
  void add(AuthorizationMode mode) {
    switch (mode) {
      case RBAC -> {
        authorizers.add(new RbacAuthorizer(index));
        resolvers.add(index);
        if (!asksOthersFirst) {
          // A webhook before RBAC may deny what RBAC's bindings would show.
          sights = new RbacSights(index);
        }
      }
      case ALWAYS_ALLOW -> {
        authorizers.add(attributes -> ALLOW);
        resolvers.add((user, namespace) -> EVERYTHING);
      }
      case ALWAYS_DENY -> {
        authorizers.add(attributes -> ALL_FORBIDDEN);
        resolvers.add((user, namespace) -> NOTHING);
      }
      case NODE -> {
        // No kubelet is served here, so the mode that judges them never has an opinion.
      }
      case WEBHOOK -> throw new IllegalArgumentException("a webhook is added by itself");
    }
  }

  Authorization build() {
    return new Authorization(
        new UnionAuthorizer(authorizers), new UnionRuleResolver(resolvers), sights);
  }

  private static Answer<AuthorizationResult> allowMasters(Attributes attributes) {
    return attributes.user().groups().contains(WellKnown.GROUP_MASTERS) ? ALLOW : ABSTAIN;
  }
}
