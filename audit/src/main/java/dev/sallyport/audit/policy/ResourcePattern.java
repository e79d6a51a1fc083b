package dev.sallyport.audit.policy;

import dev.sallyport.api.RequestInfo;
import java.util.List;
import java.util.Set;

/**
 * Resources of one group: by name ({@code pods}), with a subresource ({@code pods/log}), all
 * subresources of one ({@code pods/*}), one subresource of all ({@code *}{@code /scale}), or all of
 * them ({@code *}).
 *
 * @param resources empty for all of the group
 * @param names empty for objects of any name
 */
record ResourcePattern(String group, List<String> resources, Set<String> names) {

  ResourcePattern {
    resources = List.copyOf(resources);
    names = Set.copyOf(names);
  }

  boolean matches(RequestInfo request) {
    if (!group.equals(request.apiGroup())) {
      return false;
    }
    if (resources.isEmpty()) {
      return true;
    }
    return (names.isEmpty() || names.contains(request.name())) && matchesAny(request);
  }

  private boolean matchesAny(RequestInfo request) {
    for (String resource : resources) {
      if (resource.equals("*") || matches(resource, request)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, RequestInfo request) {
    String resource = request.resource();
    String sub = request.subresource();
    int slash = pattern.indexOf('/');
    if (slash < 0) {
      return sub.isEmpty() && pattern.equals(resource);
    }
    boolean anyResource = slash == 1 && pattern.charAt(0) == '*';
    boolean anySub = pattern.length() == slash + 2 && pattern.charAt(slash + 1) == '*';
    boolean sameResource =
        slash == resource.length() && pattern.regionMatches(0, resource, 0, slash);
    if (anySub && sameResource) {
      return true;
    }
    return !sub.isEmpty()
        && (anyResource || sameResource)
        && pattern.length() - slash - 1 == sub.length()
        && pattern.endsWith(sub);
  }

  /** Whether it matches by the resource's own name. */
  boolean names(RequestInfo request) {
    if (!matches(request)) {
      return false;
    }
    for (String resource : resources) {
      if (!resource.startsWith("*") && matches(resource, request)) {
        return true;
      }
    }
    return false;
  }
}
