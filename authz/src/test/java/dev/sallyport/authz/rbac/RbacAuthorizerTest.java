package dev.sallyport.authz.rbac;

import static dev.sallyport.authz.rbac.Rbac.account;
import static dev.sallyport.authz.rbac.Rbac.ask;
import static dev.sallyport.authz.rbac.Rbac.group;
import static dev.sallyport.authz.rbac.Rbac.named;
import static dev.sallyport.authz.rbac.Rbac.paths;
import static dev.sallyport.authz.rbac.Rbac.rule;
import static dev.sallyport.authz.rbac.Rbac.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleBinding.RoleRef;
import dev.sallyport.authz.RoleSubject;
import java.util.List;
import org.junit.jupiter.api.Test;

class RbacAuthorizerTest {

  private static final UserInfo PLAIN = UserInfo.of("plain", "system:authenticated");
  private static final UserInfo DEV = UserInfo.of("deb", "dev", "system:authenticated");
  private static final UserInfo ROBOT =
      UserInfo.of("system:serviceaccount:b:robot", "system:serviceaccounts");

  private final Rbac rbac = new Rbac();

  private void assertAllowed(UserInfo user, RequestInfo request) {
    assertEquals(Decision.ALLOW, rbac.judge(user, request).decision(), request::toString);
  }

  private void assertNotAllowed(UserInfo user, RequestInfo request) {
    assertEquals(Decision.NO_OPINION, rbac.judge(user, request).decision(), request::toString);
  }

  @Test
  void namesBindingRoleAndSubject() {
    rbac.clusterRole("view", rule("get,list", "", "pods"));
    rbac.bindCluster("viewers", "view", group("dev"));
    rbac.bindClusterRoleIn("default", "editors", "view", user("plain"));
    rbac.role("a", "own", rule("get", "", "pods"));
    rbac.bind("a", "robots", "own", account("b", "robot"));
    assertEquals(
        "RBAC: allowed by ClusterRoleBinding \"viewers\" of ClusterRole \"view\" to Group \"dev\"",
        rbac.judge(DEV, ask("list", "", "default", "pods")).reason());
    assertEquals(
        "RBAC: allowed by RoleBinding \"editors/default\" of ClusterRole \"view\" to User"
            + " \"plain\"",
        rbac.judge(PLAIN, ask("get", "", "default", "pods")).reason());
    assertEquals(
        "RBAC: allowed by RoleBinding \"robots/a\" of Role \"own\" to ServiceAccount \"robot/b\"",
        rbac.judge(ROBOT, ask("get", "", "a", "pods")).reason());
  }

  @Test
  void namesTheFirstOfSeveralSubjectsThatMatch() {
    rbac.clusterRole("view", rule("get", "", "pods"));
    rbac.bindCluster("few", "view", user("other"), group("dev"), user("deb"));
    String few = rbac.judge(DEV, ask("get", "", "", "pods")).reason();
    assertEquals("Group \"dev\"", few.substring(few.indexOf("Group")));
    rbac.sink.removeBinding("", "few");
    RoleSubject[] many = new RoleSubject[50];
    for (int i = 0; i < many.length; i++) {
      many[i] = user("u" + i);
    }
    many[30] = group("dev");
    many[40] = user("deb");
    rbac.bindCluster("many", "view", many);
    String reason = rbac.judge(DEV, ask("get", "", "", "pods")).reason();
    assertEquals("Group \"dev\"", reason.substring(reason.indexOf("Group")));
  }

  @Test
  void roleBindingsReachOnlyTheirNamespace() {
    rbac.clusterRole("view", rule("get,list", "", "pods"));
    rbac.bindClusterRoleIn("a", "r", "view", user("plain"));
    assertAllowed(PLAIN, ask("list", "", "a", "pods"));
    assertNotAllowed(PLAIN, ask("list", "", "b", "pods"));
    assertNotAllowed(PLAIN, ask("list", "", "", "pods"));
  }

  @Test
  void subresourcesAreNotTheirResource() {
    rbac.clusterRole("pods", rule("get", "", "pods"), rule("get", "", "pods/*"));
    rbac.bindCluster("b", "pods", user("plain"));
    assertNotAllowed(PLAIN, ask("get", "", "a", "pods/log", "x"));
    assertNotAllowed(PLAIN, ask("get", "", "a", "pods/exec", "x"));
    rbac.clusterRole("pods", rule("get", "", "pods/log"));
    assertAllowed(PLAIN, ask("get", "", "a", "pods/log", "x"));
    assertNotAllowed(PLAIN, ask("get", "", "a", "pods", "x"));
  }

  @Test
  void starSlashCoversASubresourceOfAll() {
    rbac.clusterRole("scale", rule("update", "*", "*/scale"));
    rbac.bindCluster("b", "scale", user("plain"));
    assertAllowed(PLAIN, ask("update", "apps", "a", "deployments/scale", "x"));
    assertNotAllowed(PLAIN, ask("update", "apps", "a", "deployments", "x"));
    assertNotAllowed(PLAIN, ask("update", "apps", "a", "deployments/status", "x"));
  }

  @Test
  void namesBindOnlyRequestsThatNameThem() {
    rbac.role("a", "one", named("get,list", "", "secrets", "s1"));
    rbac.bind("a", "b", "one", user("plain"));
    assertAllowed(PLAIN, ask("get", "", "a", "secrets", "s1"));
    assertNotAllowed(PLAIN, ask("get", "", "a", "secrets", "s2"));
    assertNotAllowed(PLAIN, ask("list", "", "a", "secrets"));
    assertAllowed(PLAIN, ask("list", "", "a", "secrets", "s1"));
  }

  @Test
  void pathsMatchWholeOrByTrailingStar() {
    rbac.clusterRole("paths", paths("get,post", "/metrics,/custom/*"));
    rbac.bindCluster("p", "paths", group("dev"));
    assertAllowed(DEV, RequestInfo.ofPath("get", "/metrics"));
    assertAllowed(DEV, RequestInfo.ofPath("post", "/custom/x/y"));
    assertNotAllowed(DEV, RequestInfo.ofPath("get", "/custom"));
    assertNotAllowed(DEV, RequestInfo.ofPath("delete", "/custom/x"));
    assertNotAllowed(DEV, RequestInfo.ofPath("get", "/metrics/x"));
  }

  @Test
  void resourceRulesSayNothingOfPathsNorPathsOfResources() {
    rbac.clusterRole("res", rule("*", "*", "*"));
    rbac.bindCluster("b", "res", user("plain"));
    assertNotAllowed(PLAIN, RequestInfo.ofPath("get", "/metrics"));
    rbac.clusterRole("res", paths("*", "*"));
    assertNotAllowed(PLAIN, ask("get", "", "", "pods"));
    assertAllowed(PLAIN, RequestInfo.ofPath("get", "/anything"));
  }

  @Test
  void serviceAccountsNeedANamespace() {
    rbac.clusterRole("view", rule("get", "", "pods"));
    rbac.bindCluster("c", "view", account("", "robot"));
    assertNotAllowed(ROBOT, ask("get", "", "b", "pods"));
    // In a RoleBinding the binding's own namespace stands in.
    rbac.bindClusterRoleIn("b", "r", "view", account("", "robot"));
    assertAllowed(ROBOT, ask("get", "", "b", "pods"));
    assertEquals(
        "ServiceAccount \"robot/b\"",
        rbac.judge(ROBOT, ask("get", "", "b", "pods")).reason().split(" to ", 2)[1]);
  }

  @Test
  void unknownSubjectKindsMatchNobody() {
    rbac.clusterRole("view", rule("get", "", "pods"));
    rbac.bindCluster(
        "c",
        "view",
        new RoleSubject("serviceaccount", "b", "robot"),
        new RoleSubject("user", "", "plain"));
    assertNotAllowed(ROBOT, ask("get", "", "b", "pods"));
    assertNotAllowed(PLAIN, ask("get", "", "b", "pods"));
  }

  @Test
  void missingRolesAreAReasonAndNoError() {
    rbac.bindCluster("c", "ghost", user("plain"));
    AuthorizationResult result = rbac.judge(PLAIN, ask("get", "", "a", "pods"));
    assertEquals(Decision.NO_OPINION, result.decision());
    assertEquals(
        "RBAC: clusterrole.rbac.authorization.k8s.io \"ghost\" not found", result.reason());
    assertNull(result.error());
    rbac.bind("a", "r", "gone", user("plain"));
    assertEquals(
        "RBAC: [clusterrole.rbac.authorization.k8s.io \"ghost\" not found,"
            + " role.rbac.authorization.k8s.io \"gone\" not found]",
        rbac.judge(PLAIN, ask("get", "", "a", "pods")).reason());
  }

  @Test
  void aClusterBindingOfALocalRoleGrantsNothing() {
    rbac.clusterRole("same", rule("get", "", "pods"));
    rbac.sink.putBinding(
        new RoleBinding("", "odd", new RoleRef(RoleRef.ROLE, "same"), List.of(user("plain"))));
    assertNotAllowed(PLAIN, ask("get", "", "", "pods"));
  }

  @Test
  void changesAreInForceAtOnce() {
    rbac.role("a", "own", rule("get", "", "pods"));
    rbac.bind("a", "r", "own", user("plain"));
    assertAllowed(PLAIN, ask("get", "", "a", "pods"));
    rbac.role("a", "own", rule("get", "", "secrets"));
    assertNotAllowed(PLAIN, ask("get", "", "a", "pods"));
    rbac.sink.removeRole("a", "own");
    assertNotAllowed(PLAIN, ask("get", "", "a", "secrets"));
    rbac.role("a", "own", rule("get", "", "pods"));
    assertAllowed(PLAIN, ask("get", "", "a", "pods"));
    rbac.bind("a", "r", "own", user("other"));
    assertNotAllowed(PLAIN, ask("get", "", "a", "pods"));
    rbac.bind("a", "r", "own", user("other"), user("plain"));
    rbac.sink.removeBinding("a", "r");
    assertNotAllowed(PLAIN, ask("get", "", "a", "pods"));
  }

  @Test
  void theSourceFollowedFirstIsBelieved() {
    rbac.clusterRole("same", rule("get", "", "pods"));
    rbac.bindCluster("b", "same", user("plain"));
    var second = Rbac.newSource(rbac.index);
    second.putRole(
        new dev.sallyport.authz.Role("", "same", List.of(rule("get", "", "secrets")), false));
    assertAllowed(PLAIN, ask("get", "", "", "pods"));
    assertNotAllowed(PLAIN, ask("get", "", "", "secrets"));
    rbac.sink.removeRole("", "same");
    assertAllowed(PLAIN, ask("get", "", "", "secrets"));
  }
}
