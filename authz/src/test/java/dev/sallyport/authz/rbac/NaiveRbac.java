package dev.sallyport.authz.rbac;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleBinding.RoleRef;
import dev.sallyport.authz.RoleSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** RBAC as its documentation tells it: read all bindings, then all their rules. */
final class NaiveRbac {

  private final Map<String, Role> roles = new TreeMap<>();
  private final Map<String, RoleBinding> bindings = new TreeMap<>();

  void putRole(Role role) {
    roles.put(role.namespace() + "/" + role.name(), role);
  }

  void removeRole(String namespace, String name) {
    roles.remove(namespace + "/" + name);
  }

  void putBinding(RoleBinding binding) {
    bindings.put(binding.namespace() + "/" + binding.name(), binding);
  }

  void removeBinding(String namespace, String name) {
    bindings.remove(namespace + "/" + name);
  }

  boolean allows(UserInfo user, RequestInfo request) {
    return rulesFor(user, request.namespace()).stream().anyMatch(rule -> allows(rule, request));
  }

  List<PolicyRule> rulesFor(UserInfo user, String namespace) {
    List<PolicyRule> rules = new ArrayList<>();
    for (RoleBinding binding : bindings.values()) {
      if (reaches(binding, namespace)
          && binding.subjects().stream().anyMatch(s -> matches(s, user, binding.namespace()))) {
        rules.addAll(rulesOf(binding));
      }
    }
    return rules;
  }

  /** Whether some binding allows the request and would be told in these words. */
  boolean mayGiveReason(UserInfo user, RequestInfo request, String reason) {
    for (RoleBinding binding : bindings.values()) {
      if (reaches(binding, request.namespace())
          && rulesOf(binding).stream().anyMatch(rule -> allows(rule, request))) {
        for (RoleSubject subject : binding.subjects()) {
          if (matches(subject, user, binding.namespace())) {
            if (reason.equals(reason(binding, subject))) {
              return true;
            }
            break;
          }
        }
      }
    }
    return false;
  }

  private static String reason(RoleBinding binding, RoleSubject subject) {
    boolean account = subject.kind().equals("ServiceAccount");
    String where = subject.namespace().isEmpty() ? binding.namespace() : subject.namespace();
    return "RBAC: allowed by "
        + (binding.clusterWide() ? "ClusterRoleBinding" : "RoleBinding")
        + " \""
        + binding.name()
        + (binding.clusterWide() ? "" : "/" + binding.namespace())
        + "\" of "
        + binding.roleRef().kind()
        + " \""
        + binding.roleRef().name()
        + "\" to "
        + subject.kind()
        + " \""
        + subject.name()
        + (account ? "/" + where : "")
        + "\"";
  }

  private static boolean reaches(RoleBinding binding, String namespace) {
    return binding.clusterWide() || binding.namespace().equals(namespace);
  }

  private List<PolicyRule> rulesOf(RoleBinding binding) {
    boolean local = binding.roleRef().kind().equals(RoleRef.ROLE);
    if (local && binding.clusterWide()) {
      return List.of();
    }
    Role role = roles.get((local ? binding.namespace() : "") + "/" + binding.roleRef().name());
    return role == null ? List.of() : role.rules();
  }

  private static boolean matches(RoleSubject subject, UserInfo user, String namespace) {
    String where = subject.namespace().isEmpty() ? namespace : subject.namespace();
    return switch (subject.kind()) {
      case "User" -> user.name().equals(subject.name());
      case "Group" -> user.groups().contains(subject.name());
      case "ServiceAccount" ->
          !where.isEmpty()
              && user.name().equals("system:serviceaccount:" + where + ":" + subject.name());
      default -> false;
    };
  }

  private static boolean allows(PolicyRule rule, RequestInfo request) {
    if (!has(rule.verbs(), request.verb())) {
      return false;
    }
    if (!request.resourceRequest()) {
      return rule.nonResourceUrls().stream().anyMatch(url -> coversPath(url, request.path()));
    }
    return has(rule.apiGroups(), request.apiGroup())
        && (has(rule.resources(), request.combinedResource())
            || (!request.subresource().isEmpty()
                && rule.resources().contains("*/" + request.subresource())))
        && (rule.resourceNames().isEmpty() || rule.resourceNames().contains(request.name()));
  }

  private static boolean coversPath(String url, String path) {
    return url.equals(path)
        || (url.endsWith("*") && path.startsWith(url.substring(0, url.length() - 1)));
  }

  private static boolean has(List<String> values, String wanted) {
    return values.contains("*") || values.contains(wanted);
  }
}
