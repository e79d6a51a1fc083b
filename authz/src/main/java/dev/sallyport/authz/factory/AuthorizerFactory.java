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
import dev.sallyport.authz.rbac.RbacAuthorizer;
import dev.sallyport.authz.rbac.RbacIndex;
import dev.sallyport.authz.union.UnionAuthorizer;
import dev.sallyport.authz.union.UnionRuleResolver;
import dev.sallyport.config.AuthorizationConfig;
import dev.sallyport.config.AuthorizationMode;
import java.util.ArrayList;
import java.util.List;

/** Makes the second door: system:masters first, then the configured modes in their order. */
public final class AuthorizerFactory {

  private static final Answer<AuthorizationResult> ALLOW =
      Answer.now(AuthorizationResult.allow(""));
  private static final Answer<AuthorizationResult> ABSTAIN =
      Answer.now(AuthorizationResult.NO_OPINION);
  private static final Answer<AuthorizationResult> ALL_FORBIDDEN =
      Answer.now(new AuthorizationResult(Decision.NO_OPINION, "Everything is forbidden.", null));
  private static final ResolvedRules NOTHING = new ResolvedRules(List.of(), false, List.of());
  private static final ResolvedRules EVERYTHING =
      new ResolvedRules(
          List.of(
              new PolicyRule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()),
              new PolicyRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*"))),
          false,
          List.of());

  private AuthorizerFactory() {}

  /**
   * @param authorizer judges requests and reviews
   * @param rules tells users what they may do
   */
  public record Authorization(Authorizer authorizer, RuleResolver rules) {}

  /**
   * @param index what the RBAC mode judges by; nobody asks it without that mode
   */
  public static Authorization create(AuthorizationConfig config, RbacIndex index) {
    List<Authorizer> authorizers = new ArrayList<>();
    List<RuleResolver> resolvers = new ArrayList<>();
    // Before all modes: no edit of roles and no mode may lock the cluster's masters out.
    authorizers.add(AuthorizerFactory::allowMasters);
    for (AuthorizationMode mode : config.modes()) {
      add(mode, index, authorizers, resolvers);
    }
    return new Authorization(new UnionAuthorizer(authorizers), new UnionRuleResolver(resolvers));
  }

  private static void add(
      AuthorizationMode mode,
      RbacIndex index,
      List<Authorizer> authorizers,
      List<RuleResolver> resolvers) {
    switch (mode) {
      case RBAC -> {
        authorizers.add(new RbacAuthorizer(index));
        resolvers.add(index);
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
    }
  }

  private static Answer<AuthorizationResult> allowMasters(Attributes attributes) {
    return attributes.user().groups().contains(WellKnown.GROUP_MASTERS) ? ALLOW : ABSTAIN;
  }
}
