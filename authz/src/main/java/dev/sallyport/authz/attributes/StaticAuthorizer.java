package dev.sallyport.authz.attributes;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.config.routes.StaticRule;
import java.util.List;

/** Allows what a rule of the configuration says, and has no opinion on anything else. */
public final class StaticAuthorizer implements Authorizer {

  private static final Answer<AuthorizationResult> ALLOW =
      Answer.now(AuthorizationResult.allow("found corresponding static auth config"));
  private static final Answer<AuthorizationResult> ABSTAIN =
      Answer.now(AuthorizationResult.NO_OPINION);

  private final List<StaticRule> rules;

  public StaticAuthorizer(List<StaticRule> rules) {
    this.rules = List.copyOf(rules);
  }

  @Override
  public Answer<AuthorizationResult> authorize(Attributes attributes) {
    for (StaticRule rule : rules) {
      if (covers(rule, attributes)) {
        return ALLOW;
      }
    }
    return ABSTAIN;
  }

  private static boolean covers(StaticRule rule, Attributes attributes) {
    RequestInfo asked = attributes.request();
    return rule.resourceRequest() == asked.resourceRequest()
        && free(rule.user(), attributes.user().name())
        && inOne(rule.groups(), attributes.user().groups())
        && free(rule.verb(), asked.verb())
        && free(rule.namespace(), asked.namespace())
        && free(rule.apiGroup(), asked.apiGroup())
        && free(rule.resource(), asked.resource())
        && free(rule.subresource(), asked.subresource())
        && free(rule.name(), asked.name())
        && free(rule.path(), asked.path());
  }

  private static boolean inOne(List<String> wanted, List<String> groups) {
    if (wanted.isEmpty()) {
      return true;
    }
    for (String group : groups) {
      if (wanted.contains(group)) {
        return true;
      }
    }
    return false;
  }

  private static boolean free(String wanted, String asked) {
    return wanted.isEmpty() || wanted.equals(asked);
  }
}
