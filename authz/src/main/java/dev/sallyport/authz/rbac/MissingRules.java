package dev.sallyport.authz.rbac;

import dev.sallyport.api.Quoted;
import dev.sallyport.authz.PolicyRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Missing permissions as a refusal lists them: one line each, sorted, verbs gathered. */
final class MissingRules {

  private record Resource(String group, String resource) {}

  private MissingRules() {}

  /**
   * @param permissions single permissions, as {@link RuleCoverage} finds them
   */
  static String describe(List<PolicyRule> permissions) {
    TreeSet<String> lines = new TreeSet<>();
    Map<Resource, List<String>> verbs = new LinkedHashMap<>();
    for (PolicyRule permission : permissions) {
      if (permission.resources().isEmpty() || !permission.resourceNames().isEmpty()) {
        lines.add(line(permission));
      } else {
        Resource resource =
            new Resource(permission.apiGroups().get(0), permission.resources().get(0));
        verbs.computeIfAbsent(resource, unused -> new ArrayList<>()).addAll(permission.verbs());
      }
    }
    verbs.forEach(
        (resource, gathered) ->
            lines.add(
                line(
                    new PolicyRule(
                        gathered,
                        List.of(resource.group()),
                        List.of(resource.resource()),
                        List.of(),
                        List.of()))));
    return String.join("\n", lines);
  }

  private static String line(PolicyRule rule) {
    List<String> parts = new ArrayList<>();
    add(parts, "APIGroups", rule.apiGroups());
    add(parts, "Resources", rule.resources());
    add(parts, "NonResourceURLs", rule.nonResourceUrls());
    add(parts, "ResourceNames", rule.resourceNames());
    add(parts, "Verbs", rule.verbs());
    return "{" + String.join(", ", parts) + "}";
  }

  private static void add(List<String> parts, String name, List<String> values) {
    if (!values.isEmpty()) {
      parts.add(name + ":" + Quoted.of(values));
    }
  }
}
