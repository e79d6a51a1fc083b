package dev.sallyport.authz.rbac;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.Sight.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A role's rules, filed by the resource they name so that few are compared with a request.
 * Immutable.
 */
final class CompiledRules {

  static final String ALL = "*";
  static final String ALL_WITH_SUBRESOURCE = "*/";

  private static final ResourceRule[] NO_RULES = {};

  private final List<PolicyRule> rules;
  private final Map<String, ResourceRule[]> byResource;
  private final PathRule[] paths;

  CompiledRules(List<PolicyRule> rules) {
    this.rules = rules;
    this.byResource = fileByResource(rules);
    this.paths =
        rules.stream()
            .filter(rule -> !rule.nonResourceUrls().isEmpty())
            .map(PathRule::new)
            .toArray(PathRule[]::new);
  }

  List<PolicyRule> rules() {
    return rules;
  }

  boolean hasPaths() {
    return paths.length > 0;
  }

  /**
   * @param combined the request's resource with its subresource
   */
  boolean allow(RequestInfo request, String combined) {
    return request.resourceRequest()
        ? allowResource(request, combined)
        : allowPath(request.verb(), request.path());
  }

  private boolean allowResource(RequestInfo request, String combined) {
    return any(byResource.get(combined), request)
        || any(byResource.get(ALL), request)
        || (!request.subresource().isEmpty()
            && any(byResource.get(ALL_WITH_SUBRESOURCE + request.subresource()), request));
  }

  /**
   * The names of the objects that the rules let somebody read in a collection one by one.
   *
   * @param request for the whole collection of a resource
   */
  Names names(RequestInfo request) {
    Set<String> gathered = new HashSet<>();
    boolean all =
        gather(byResource.get(request.resource()), request, gathered)
            || gather(byResource.get(ALL), request, gathered);
    return all ? Names.ALL : Names.of(gathered);
  }

  /** Whether one of the rules is about all names; else those of each that fits are gathered. */
  private static boolean gather(
      ResourceRule @Nullable [] candidates, RequestInfo request, Set<String> names) {
    if (candidates == null) {
      return false;
    }
    for (ResourceRule rule : candidates) {
      if (rule.concerns(request)) {
        if (rule.names == null) {
          return true;
        }
        names.addAll(Arrays.asList(rule.names));
      }
    }
    return false;
  }

  private boolean allowPath(String verb, String path) {
    for (PathRule rule : paths) {
      if (rule.matches(verb, path)) {
        return true;
      }
    }
    return false;
  }

  private static boolean any(ResourceRule @Nullable [] candidates, RequestInfo request) {
    if (candidates == null) {
      return false;
    }
    for (ResourceRule rule : candidates) {
      if (rule.matches(request)) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, ResourceRule[]> fileByResource(List<PolicyRule> rules) {
    Map<String, List<ResourceRule>> filed = new HashMap<>();
    for (PolicyRule rule : rules) {
      ResourceRule matcher = new ResourceRule(rule);
      for (String resource : rule.resources()) {
        filed.computeIfAbsent(resource, unused -> new ArrayList<>(1)).add(matcher);
      }
    }
    Map<String, ResourceRule[]> arrays = new HashMap<>(filed.size() * 2);
    filed.forEach((resource, matchers) -> arrays.put(resource, matchers.toArray(NO_RULES)));
    return arrays;
  }

  /** Verbs, groups and names of one rule; null stands for all. */
  private static final class ResourceRule {
    private final String @Nullable [] verbs;
    private final String @Nullable [] groups;
    private final String @Nullable [] names;

    ResourceRule(PolicyRule rule) {
      verbs = unlessAll(rule.verbs());
      groups = unlessAll(rule.apiGroups());
      names = rule.resourceNames().isEmpty() ? null : rule.resourceNames().toArray(new String[0]);
    }

    boolean matches(RequestInfo request) {
      return concerns(request) && holds(names, request.name());
    }

    /** Whether it is about that verb and group, whatever the name. */
    boolean concerns(RequestInfo request) {
      return holds(verbs, request.verb()) && holds(groups, request.apiGroup());
    }
  }

  /** One rule about paths that are no resources. */
  private static final class PathRule {
    private final String @Nullable [] verbs;
    private final String[] exact;
    private final String[] prefixes;

    PathRule(PolicyRule rule) {
      verbs = unlessAll(rule.verbs());
      exact =
          rule.nonResourceUrls().stream().filter(url -> !url.endsWith(ALL)).toArray(String[]::new);
      prefixes =
          rule.nonResourceUrls().stream()
              .filter(url -> url.endsWith(ALL))
              .map(Patterns::withoutTrailingStars)
              .toArray(String[]::new);
    }

    boolean matches(String verb, String path) {
      if (!holds(verbs, verb)) {
        return false;
      }
      for (String candidate : exact) {
        if (candidate.equals(path)) {
          return true;
        }
      }
      for (String prefix : prefixes) {
        if (path.startsWith(prefix)) {
          return true;
        }
      }
      return false;
    }
  }

  private static String @Nullable [] unlessAll(List<String> values) {
    return values.contains(ALL) ? null : values.toArray(new String[0]);
  }

  private static boolean holds(String @Nullable [] values, String wanted) {
    if (values == null) {
      return true;
    }
    for (String value : values) {
      if (value.equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
