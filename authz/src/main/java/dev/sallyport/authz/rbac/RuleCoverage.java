package dev.sallyport.authz.rbac;

import dev.sallyport.authz.PolicyRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what somebody holds covers what they want to give. Each wanted rule is taken apart into
 * single permissions, and each of those must be covered by one held rule.
 */
public final class RuleCoverage {

  /** A request that asks for more single permissions than this is refused unjudged. */
  static final int MOST_PERMISSIONS = 200_000;

  private final List<PolicyRule> held;
  private final List<PolicyRule> missing = new ArrayList<>();

  private RuleCoverage(List<PolicyRule> held) {
    this.held = held;
  }

  /** The wanted permissions that are not held, one rule each, in the wanted order. */
  public static List<PolicyRule> missing(List<PolicyRule> held, List<PolicyRule> wanted) {
    RuleCoverage coverage = new RuleCoverage(held);
    wanted.forEach(coverage::takeApart);
    return coverage.missing;
  }

  /** Whether taking the rules apart would cost more than any honest role does. */
  static boolean tooMany(List<PolicyRule> wanted) {
    double permissions = 0;
    for (PolicyRule rule : wanted) {
      double names = Math.max(1, rule.resourceNames().size());
      double resources = (double) rule.apiGroups().size() * rule.resources().size() * names;
      permissions += rule.verbs().size() * (resources + rule.nonResourceUrls().size());
    }
    return permissions > MOST_PERMISSIONS;
  }

  private void takeApart(PolicyRule rule) {
    for (String group : rule.apiGroups()) {
      for (String resource : rule.resources()) {
        for (String verb : rule.verbs()) {
          resourcePermissions(rule, verb, group, resource);
        }
      }
    }
    for (String url : rule.nonResourceUrls()) {
      for (String verb : rule.verbs()) {
        if (!heldPath(verb, url)) {
          missing.add(new PolicyRule(List.of(verb), List.of(), List.of(), List.of(), List.of(url)));
        }
      }
    }
  }

  private void resourcePermissions(PolicyRule rule, String verb, String group, String resource) {
    if (rule.resourceNames().isEmpty()) {
      if (!heldResource(verb, group, resource, null)) {
        missing.add(permission(verb, group, resource, List.of()));
      }
      return;
    }
    for (String name : rule.resourceNames()) {
      if (!heldResource(verb, group, resource, name)) {
        missing.add(permission(verb, group, resource, List.of(name)));
      }
    }
  }

  private static PolicyRule permission(
      String verb, String group, String resource, List<String> names) {
    return new PolicyRule(List.of(verb), List.of(group), List.of(resource), names, List.of());
  }

  private boolean heldResource(String verb, String group, String resource, @Nullable String name) {
    for (PolicyRule rule : held) {
      if (holds(rule.verbs(), verb)
          && holds(rule.apiGroups(), group)
          && coversResource(rule.resources(), resource)
          && coversName(rule.resourceNames(), name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean coversResource(List<String> held, String wanted) {
    if (holds(held, wanted)) {
      return true;
    }
    int slash = wanted.indexOf('/');
    return slash >= 0
        && held.contains(CompiledRules.ALL_WITH_SUBRESOURCE + wanted.substring(slash + 1));
  }

  private static boolean coversName(List<String> held, @Nullable String wanted) {
    return held.isEmpty() || (wanted != null && held.contains(wanted));
  }

  private boolean heldPath(String verb, String url) {
    for (PolicyRule rule : held) {
      if (holds(rule.verbs(), verb) && coversPath(rule.nonResourceUrls(), url)) {
        return true;
      }
    }
    return false;
  }

  private static boolean coversPath(List<String> held, String wanted) {
    for (String pattern : held) {
      if (pattern.equals(wanted)
          || (pattern.endsWith(CompiledRules.ALL)
              && wanted.startsWith(Patterns.withoutTrailingStars(pattern)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(List<String> values, String wanted) {
    return values.contains(wanted) || values.contains(CompiledRules.ALL);
  }
}
