package dev.sallyport.authz;

import java.util.List;

/**
 * One rule of a role (rbac.authorization.k8s.io/v1 PolicyRule). Every list may hold "*" where
 * Kubernetes allows it.
 */
public record PolicyRule(
    List<String> verbs,
    List<String> apiGroups,
    List<String> resources,
    List<String> resourceNames,
    List<String> nonResourceUrls) {

  public PolicyRule {
    verbs = List.copyOf(verbs);
    apiGroups = List.copyOf(apiGroups);
    resources = List.copyOf(resources);
    resourceNames = List.copyOf(resourceNames);
    nonResourceUrls = List.copyOf(nonResourceUrls);
  }
}
