package dev.sallyport.authz.union;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.RuleResolver;
import java.util.ArrayList;
import java.util.List;

/** Gathers what several resolvers know. */
public final class UnionRuleResolver implements RuleResolver {

  private final List<RuleResolver> resolvers;

  public UnionRuleResolver(List<RuleResolver> resolvers) {
    this.resolvers = List.copyOf(resolvers);
  }

  @Override
  public ResolvedRules rulesFor(UserInfo user, String namespace) {
    List<PolicyRule> rules = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    boolean incomplete = false;
    for (RuleResolver resolver : resolvers) {
      ResolvedRules known = resolver.rulesFor(user, namespace);
      rules.addAll(known.rules());
      errors.addAll(known.errors());
      incomplete |= known.incomplete();
    }
    return new ResolvedRules(rules, incomplete, errors);
  }
}
