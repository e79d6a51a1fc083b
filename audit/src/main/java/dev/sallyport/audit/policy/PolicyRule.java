package dev.sallyport.audit.policy;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.audit.Judgement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule: whom and what it is about, and what is written then. Empty lists match everything, but
 * a rule about paths matches no resource and the other way round.
 */
record PolicyRule(
    Judgement judgement,
    Set<String> users,
    Set<String> groups,
    Set<String> verbs,
    Set<String> namespaces,
    List<ResourcePattern> resources,
    List<String> paths) {

  PolicyRule {
    users = Set.copyOf(users);
    groups = Set.copyOf(groups);
    verbs = Set.copyOf(verbs);
    namespaces = Set.copyOf(namespaces);
    resources = List.copyOf(resources);
    paths = List.copyOf(paths);
  }

  boolean matches(@Nullable UserInfo user, RequestInfo request) {
    return matchesUser(user)
        && (verbs.isEmpty() || verbs.contains(request.verb()))
        && matchesWhat(request);
  }

  private boolean matchesUser(@Nullable UserInfo user) {
    if (!users.isEmpty() && (user == null || !users.contains(user.name()))) {
      return false;
    }
    return groups.isEmpty() || (user != null && memberOf(user.groups()));
  }

  private boolean memberOf(List<String> theirs) {
    for (int i = 0; i < theirs.size(); i++) {
      if (groups.contains(theirs.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesWhat(RequestInfo request) {
    if (!namespaces.isEmpty() || !resources.isEmpty()) {
      return request.resourceRequest()
          && (namespaces.isEmpty() || namespaces.contains(request.namespace()))
          && (resources.isEmpty() || matchesResource(request));
    }
    return paths.isEmpty() || (!request.resourceRequest() && matchesPath(request.path()));
  }

  private boolean matchesResource(RequestInfo request) {
    for (ResourcePattern pattern : resources) {
      if (pattern.matches(request)) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesPath(String path) {
    for (String pattern : paths) {
      boolean prefix = pattern.endsWith("*");
      if (prefix ? path.regionMatches(0, pattern, 0, pattern.length() - 1) : path.equals(pattern)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the rule speaks of this very resource, not of all or of any. */
  boolean names(RequestInfo request) {
    for (ResourcePattern pattern : resources) {
      if (pattern.names(request)) {
        return true;
      }
    }
    return false;
  }
}
