package dev.sallyport.authz.rbac;

import static dev.sallyport.authz.rbac.Rbac.group;
import static dev.sallyport.authz.rbac.Rbac.named;
import static dev.sallyport.authz.rbac.Rbac.paths;
import static dev.sallyport.authz.rbac.Rbac.rule;
import static dev.sallyport.authz.rbac.Rbac.user;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleBinding.RoleRef;
import dev.sallyport.authz.RoleSubject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RbacEscalationCheckTest {

  private static final UserInfo DEB = UserInfo.of("deb", "dev", "system:authenticated");
  private static final UserInfo BOSS = UserInfo.of("boss", "system:masters");

  private final Rbac rbac = new Rbac();
  private final RbacEscalationCheck check =
      new RbacEscalationCheck(rbac.index, new RbacAuthorizer(rbac.index));

  @BeforeEach
  void debIsAdminOfNamespaceA() {
    rbac.clusterRole(
        "admin",
        rule("get,list,create,update", "", "configmaps,pods"),
        rule("get", "apps", "deployments,*/scale"));
    rbac.clusterRole("cluster-admin", rule("*", "*", "*"), paths("*", "*"));
    rbac.bindClusterRoleIn("a", "adm", "admin", user("deb"));
  }

  private Optional<Status> role(UserInfo user, String namespace, PolicyRule... rules) {
    return value(check.checkRole(user, new Role(namespace, "more", List.of(rules), false), null));
  }

  private Optional<Status> binding(UserInfo user, String namespace, String kind, String role) {
    RoleSubject anyone = Rbac.user("x");
    return value(
        check.checkBinding(
            user, new RoleBinding(namespace, "esc", new RoleRef(kind, role), List.of(anyone))));
  }

  private static <T> T value(Answer<T> answer) {
    return Objects.requireNonNull(((Answer.Now<T>) answer).value());
  }

  @Test
  void mayGrantWhatIsHeld() {
    assertEquals(Optional.empty(), role(DEB, "a", rule("get", "", "configmaps")));
    assertEquals(Optional.empty(), role(DEB, "a", named("get", "", "configmaps", "one,two")));
    assertEquals(Optional.empty(), role(DEB, "a", rule("get", "apps", "replicasets/scale")));
  }

  @Test
  void listsWhatIsNotHeld() {
    Status refused =
        role(DEB, "a", rule("get", "", "nodes"), rule("*", "apps", "deployments")).orElseThrow();
    assertEquals(403, refused.code());
    assertEquals(
        "roles.rbac.authorization.k8s.io \"more\" is forbidden: user \"deb\" (groups=[\"dev\""
            + " \"system:authenticated\"]) is attempting to grant RBAC permissions not currently"
            + " held:\n"
            + "{APIGroups:[\"\"], Resources:[\"nodes\"], Verbs:[\"get\"]}\n"
            + "{APIGroups:[\"apps\"], Resources:[\"deployments\"], Verbs:[\"*\"]}",
        refused.message());
    assertEquals("roles", requireNonNull(refused.details()).kind());
    assertEquals("more", requireNonNull(refused.details()).name());
  }

  @Test
  void gathersVerbsOfOneResourceInOneLine() {
    Status refused = role(DEB, "a", rule("get,watch,delete", "", "pods,nodes")).orElseThrow();
    assertTrue(
        refused
            .message()
            .endsWith(
                "held:\n{APIGroups:[\"\"], Resources:[\"nodes\"], Verbs:[\"get\" \"watch\""
                    + " \"delete\"]}\n{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"watch\""
                    + " \"delete\"]}"),
        refused.message());
  }

  @Test
  void tellsOfRolesThatCouldNotBeResolved() {
    rbac.bindCluster("dangling", "ghost", group("dev"));
    Status refused = role(DEB, "a", rule("get", "", "nodes")).orElseThrow();
    assertTrue(
        refused
            .message()
            .endsWith(
                "; resolution errors: [clusterrole.rbac.authorization.k8s.io \"ghost\" not"
                    + " found]"),
        refused.message());
  }

  @Test
  void rightsInOneNamespaceGrantNothingElsewhere() {
    assertTrue(role(DEB, "b", rule("get", "", "configmaps")).isPresent());
    assertTrue(role(DEB, "", rule("get", "", "configmaps")).isPresent());
  }

  @Test
  void namedRightsDoNotCoverAllNames() {
    rbac.role("a", "one", named("get", "", "secrets", "s1"));
    rbac.bind("a", "one", "one", user("deb"));
    assertEquals(Optional.empty(), role(DEB, "a", named("get", "", "secrets", "s1")));
    assertTrue(role(DEB, "a", rule("get", "", "secrets")).isPresent());
  }

  @Test
  void mastersAndEscalatorsAreNotAsked() {
    assertEquals(Optional.empty(), role(BOSS, "a", rule("*", "*", "*")));
    rbac.role("a", "esc", rule("escalate", "rbac.authorization.k8s.io", "roles"));
    rbac.bind("a", "esc", "esc", user("deb"));
    assertEquals(Optional.empty(), role(DEB, "a", rule("*", "*", "*")));
    assertTrue(role(DEB, "b", rule("*", "*", "*")).isPresent());
  }

  @Test
  void bindsOnlyRolesHeldOrBindable() {
    assertEquals(Optional.empty(), binding(DEB, "a", RoleRef.CLUSTER_ROLE, "admin"));
    Status refused = binding(DEB, "a", RoleRef.CLUSTER_ROLE, "cluster-admin").orElseThrow();
    assertEquals(
        "rolebindings.rbac.authorization.k8s.io \"esc\" is forbidden: user \"deb\""
            + " (groups=[\"dev\" \"system:authenticated\"]) is attempting to grant RBAC"
            + " permissions not currently held:\n"
            + "{APIGroups:[\"*\"], Resources:[\"*\"], Verbs:[\"*\"]}\n"
            + "{NonResourceURLs:[\"*\"], Verbs:[\"*\"]}",
        refused.message());
    rbac.role(
        "a", "binder", named("bind", "rbac.authorization.k8s.io", "clusterroles", "cluster-admin"));
    rbac.bind("a", "binder", "binder", user("deb"));
    assertEquals(Optional.empty(), binding(DEB, "a", RoleRef.CLUSTER_ROLE, "cluster-admin"));
    assertTrue(binding(DEB, "", RoleRef.CLUSTER_ROLE, "cluster-admin").isPresent());
  }

  @Test
  void bindingAMissingRoleIsNotFound() {
    Status refused = binding(DEB, "a", RoleRef.ROLE, "missing").orElseThrow();
    assertEquals(404, refused.code());
    assertEquals("rolebindings.rbac.authorization.k8s.io \"missing\" not found", refused.message());
    assertEquals(Optional.empty(), binding(BOSS, "a", RoleRef.ROLE, "missing"));
  }

  @Test
  void aggregationWantsEverything() {
    UserInfo root = UserInfo.of("root");
    Role aggregate = new Role("", "agg", List.of(), true);
    rbac.clusterRole("nearly", rule("create,update,get", "*", "*"), paths("*", "*"));
    rbac.bindCluster("nearly", "nearly", user("root"));
    Status refused = value(check.checkRole(root, aggregate, null)).orElseThrow();
    assertEquals(
        "clusterroles.rbac.authorization.k8s.io \"agg\" is forbidden: must have cluster-admin"
            + " privileges to use the aggregationRule",
        refused.message());
    Role tightened = new Role("", "agg", List.of(), false);
    assertTrue(value(check.checkRole(root, tightened, aggregate)).isPresent());
    rbac.clusterRole("nearly", rule("*", "*", "*"), paths("*", "*"));
    assertEquals(Optional.empty(), value(check.checkRole(root, aggregate, null)));
  }

  @Test
  void refusesRolesTooLargeToTakeApart() {
    List<String> many = IntStream.range(0, 2_000).mapToObj(i -> "x" + i).toList();
    PolicyRule huge = new PolicyRule(many, many, many, many, List.of());
    assertEquals(403, role(DEB, "a", huge).orElseThrow().code());
  }
}
