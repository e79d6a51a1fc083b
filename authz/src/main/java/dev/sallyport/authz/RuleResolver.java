package dev.sallyport.authz;

import dev.sallyport.api.UserInfo;
import java.util.List;

/** Tells what a user may do in a namespace, for SelfSubjectRulesReview and escalation checks. */
public interface RuleResolver {

  /**
   * @param namespace "" for cluster scope only
   */
  ResolvedRules rulesFor(UserInfo user, String namespace);

  /**
   * @param rules everything granted by bindings, in no particular order
   * @param incomplete whether something could not be resolved
   * @param errors what could not be resolved
   */
  record ResolvedRules(List<PolicyRule> rules, boolean incomplete, List<String> errors) {}
}
