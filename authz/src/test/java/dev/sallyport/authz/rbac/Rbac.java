package dev.sallyport.authz.rbac;

import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleBinding.RoleRef;
import dev.sallyport.authz.RoleSource;
import dev.sallyport.authz.RoleSubject;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An index with a source that tests write to, and short words for rules and bindings. */
final class Rbac {

  final RbacIndex index = new RbacIndex();
  final RoleSource.Sink sink;

  Rbac() {
    sink = newSource(index);
  }

  static RoleSource.Sink newSource(RbacIndex index) {
    AtomicReference<RoleSource.@Nullable Sink> handed = new AtomicReference<>();
    index.follow(handed::set);
    return Objects.requireNonNull(handed.get());
  }

  static PolicyRule rule(String verbs, String groups, String resources) {
    return new PolicyRule(list(verbs), list(groups), list(resources), List.of(), List.of());
  }

  static PolicyRule named(String verbs, String groups, String resources, String names) {
    return new PolicyRule(list(verbs), list(groups), list(resources), list(names), List.of());
  }

  static PolicyRule paths(String verbs, String urls) {
    return new PolicyRule(list(verbs), List.of(), List.of(), List.of(), list(urls));
  }

  private static List<String> list(String commaSeparated) {
    return List.of(commaSeparated.split(",", -1));
  }

  static RoleSubject user(String name) {
    return new RoleSubject(RoleSubject.USER, "", name);
  }

  static RoleSubject group(String name) {
    return new RoleSubject(RoleSubject.GROUP, "", name);
  }

  static RoleSubject account(String namespace, String name) {
    return new RoleSubject(RoleSubject.SERVICE_ACCOUNT, namespace, name);
  }

  void clusterRole(String name, PolicyRule... rules) {
    sink.putRole(new Role("", name, List.of(rules), false));
  }

  void role(String namespace, String name, PolicyRule... rules) {
    sink.putRole(new Role(namespace, name, List.of(rules), false));
  }

  void bindCluster(String name, String clusterRole, RoleSubject... subjects) {
    sink.putBinding(
        new RoleBinding(
            "", name, new RoleRef(RoleRef.CLUSTER_ROLE, clusterRole), List.of(subjects)));
  }

  void bind(String namespace, String name, String role, RoleSubject... subjects) {
    sink.putBinding(
        new RoleBinding(namespace, name, new RoleRef(RoleRef.ROLE, role), List.of(subjects)));
  }

  void bindClusterRoleIn(
      String namespace, String name, String clusterRole, RoleSubject... subjects) {
    sink.putBinding(
        new RoleBinding(
            namespace, name, new RoleRef(RoleRef.CLUSTER_ROLE, clusterRole), List.of(subjects)));
  }

  AuthorizationResult judge(UserInfo user, RequestInfo request) {
    AtomicReference<@Nullable AuthorizationResult> result = new AtomicReference<>();
    new RbacAuthorizer(index)
        .authorize(new Attributes(user, request))
        .whenDone((value, failure) -> result.set(value));
    return Objects.requireNonNull(result.get());
  }

  static RequestInfo ask(String verb, String group, String namespace, String resource) {
    return ask(verb, group, namespace, resource, "");
  }

  static RequestInfo ask(
      String verb, String group, String namespace, String resource, String name) {
    int slash = resource.indexOf('/');
    String main = slash < 0 ? resource : resource.substring(0, slash);
    String sub = slash < 0 ? "" : resource.substring(slash + 1);
    return RequestInfo.ofResource(verb, group, "v1", namespace, main, sub, name);
  }
}
