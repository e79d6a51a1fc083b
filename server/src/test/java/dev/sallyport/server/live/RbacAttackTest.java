package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.live.LiveServer.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attack cases 144 to 152: what somebody may not do who may write roles and bindings. The user rob
 * may do so in every namespace and reads configmaps; the others get what their test gives them.
 */
final class RbacAttackTest {

  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
  private static final String ROLES = RBAC + "/namespaces/default/roles";
  private static final String BINDINGS = RBAC + "/namespaces/default/rolebindings";
  private static final String REF =
      "'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'%s','name':'%s'}";

  @TempDir static Path folder;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        LiveServer.start(
            folder,
            "rob,rob,u1\nesc,esc,u2\nbind,bind,u3\npod,pod,u4\nscale,scale,u5\nnew,new,u6\n"
                + "sa,system:serviceaccount:default:robot,u7\n");
    String writes =
        rule("*", "rbac.authorization.k8s.io", "roles,rolebindings,clusterroles")
            .replace("'*'],'apiG", "'get','list','create','update','patch','delete'],'apiG");
    clusterRole("writer", writes + "," + rule("get", "", "configmaps"));
    bindCluster("rob", "writer", "rob");
    bindCluster("esc", "writer", "esc");
    bindCluster("bind", "writer", "bind");
    clusterRole("escalator", rule("escalate", "rbac.authorization.k8s.io", "roles,clusterroles"));
    bindCluster("escalates", "escalator", "esc");
    clusterRole("binder", rule("bind", "rbac.authorization.k8s.io", "clusterroles"));
    bindCluster("binds", "binder", "bind");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static String quoted(String commas) {
    return "'" + commas.replace(",", "','") + "'";
  }

  private static String rule(String verbs, String group, String resources) {
    return "{'verbs':["
        + quoted(verbs)
        + "],'apiGroups':["
        + quoted(group)
        + "],'resources':["
        + quoted(resources)
        + "]}";
  }

  private static String clusterRoleBody(String name, String rules) {
    return "{'kind':'ClusterRole','apiVersion':'rbac.authorization.k8s.io/v1','metadata':{'name':'"
        + name
        + "'},'rules':["
        + rules
        + "]}";
  }

  private static String roleBody(String name, String rules) {
    return clusterRoleBody(name, rules).replace("ClusterRole", "Role");
  }

  private static String bindingBody(String name, String kind, String role, String subjects) {
    return "{'kind':'RoleBinding','apiVersion':'rbac.authorization.k8s.io/v1','metadata':{'name':'"
        + name
        + "'},"
        + REF.formatted(kind, role)
        + ",'subjects':["
        + subjects
        + "]}";
  }

  private static String user(String name) {
    return "{'kind':'User','apiGroup':'rbac.authorization.k8s.io','name':'" + name + "'}";
  }

  private static void clusterRole(String name, String rules) throws Exception {
    made(server.json("master", "POST", RBAC + "/clusterroles", clusterRoleBody(name, rules)));
  }

  private static void bindCluster(String name, String role, String user) throws Exception {
    String body =
        bindingBody(name, "ClusterRole", role, user(user))
            .replace("'RoleBinding'", "'ClusterRoleBinding'");
    made(server.json("master", "POST", RBAC + "/clusterrolebindings", body));
  }

  private static void made(Reply reply) {
    assertEquals(201, reply.status(), reply.body());
  }

  private static void forbidden(Reply reply, String said) {
    assertEquals(403, reply.status(), reply.body());
    assertTrue(reply.body().contains(said), reply.body());
  }

  @Test
  void case144RoleBeyondOwnRightsIsRefusedWithTheMissingRules() throws Exception {
    String secrets = rule("get", "", "secrets");
    String missing = "{APIGroups:[\\\"\\\"], Resources:[\\\"secrets\\\"], Verbs:[\\\"get\\\"]}";
    forbidden(server.json("rob", "POST", ROLES, roleBody("s", secrets)), missing);
    String all = RBAC + "/clusterroles";
    forbidden(server.json("rob", "POST", all, clusterRoleBody("s", secrets)), missing);
    made(server.json("rob", "POST", ROLES, roleBody("maps", rule("get", "", "configmaps"))));
    forbidden(server.json("rob", "PUT", ROLES + "/maps", roleBody("maps", secrets)), missing);
    String patch = "{'rules':[" + secrets + "]}";
    forbidden(server.json("rob", "PATCH", ROLES + "/maps", patch), missing);
    made(server.json("esc", "POST", ROLES, roleBody("s", secrets)));
  }

  @Test
  void case145BindingARoleNotHeldIsRefusedUnlessItMayBeBound() throws Exception {
    String view = bindingBody("v", "ClusterRole", "view", user("x"));
    forbidden(server.json("rob", "POST", BINDINGS, view), "RBAC permissions not currently held");
    made(server.json("bind", "POST", BINDINGS, view));
    String two = bindingBody("v", "ClusterRole", "view", user("x") + "," + user("rob"));
    forbidden(server.json("rob", "PUT", BINDINGS + "/v", two), "not currently held");
    String patch = "{'subjects':[" + user("rob") + "]}";
    forbidden(server.json("rob", "PATCH", BINDINGS + "/v", patch), "not currently held");
    assertEquals(200, server.json("bind", "PUT", BINDINGS + "/v", two).status());
  }

  @Test
  void case146AggregationWantsFullPower() throws Exception {
    String gathers =
        "{'kind':'ClusterRole','apiVersion':'rbac.authorization.k8s.io/v1','metadata':{'name':'ag'},"
            + "'aggregationRule':{'clusterRoleSelectors':[{'matchLabels':{'a':'b'}}]},'rules':[]}";
    forbidden(
        server.json("rob", "POST", RBAC + "/clusterroles", gathers),
        "must have cluster-admin privileges to use the aggregationRule");
    made(server.json("master", "POST", RBAC + "/clusterroles", gathers));
  }

  @Test
  void case146FeedingAdminWantsEveryRule() throws Exception {
    String label = "'labels':{'rbac.authorization.k8s.io/aggregate-to-admin':'true'},'name'";
    String feeds = clusterRoleBody("feeds", rule("*", "", "nodes")).replace("'name'", label);
    forbidden(server.json("rob", "POST", RBAC + "/clusterroles", feeds), "not currently held");
    String held = clusterRoleBody("held", rule("get", "", "configmaps")).replace("'name'", label);
    made(server.json("rob", "POST", RBAC + "/clusterroles", held));
  }

  @Test
  void case147ARightOnAResourceIsNoneOnItsSubresources() throws Exception {
    clusterRole("pods", rule("*", "", "pods,pods/star"));
    bindCluster("pods", "pods", "pod");
    String pod = "/api/v1/namespaces/default/pods/p";
    for (String sub : new String[] {"/exec", "/log", "/attach"}) {
      assertEquals(403, server.json("pod", "GET", pod + sub, "").status(), sub);
      assertEquals(403, server.json("pod", "POST", pod + sub, "").status(), sub);
    }
    clusterRole("literal-star", rule("*", "", "pods/*"));
    bindCluster("literal-star", "literal-star", "pod");
    assertEquals(403, server.json("pod", "GET", pod + "/log", "").status(), "pods/* is no pattern");
    clusterRole("scales", rule("get", "apps", "*/scale"));
    bindCluster("scales", "scales", "scale");
    String deployments = "/apis/apps/v1/namespaces/default/deployments";
    made(server.json("master", "POST", deployments, deployment()));
    Reply scale = server.json("scale", "GET", deployments + "/d/scale", "");
    assertEquals(200, scale.status(), scale.body());
    assertEquals(403, server.json("scale", "GET", deployments + "/d", "").status());
  }

  private static String deployment() {
    return "{'kind':'Deployment','apiVersion':'apps/v1','metadata':{'name':'d'},'spec':{"
        + "'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},"
        + "'spec':{'containers':[{'name':'c','image':'i'}]}}}}";
  }

  @Test
  void case149OddSubjectsAndDanglingReferencesMatchNobody() throws Exception {
    String read = "/api/v1/namespaces/default/services";
    clusterRole("services", rule("list", "", "services"));
    String odd = "{'kind':'serviceaccount','namespace':'default','name':'robot'}";
    String body =
        bindingBody("odd", "ClusterRole", "services", odd)
            .replace("'RoleBinding'", "'ClusterRoleBinding'");
    int status = server.json("master", "POST", RBAC + "/clusterrolebindings", body).status();
    assertTrue(status == 422 || status == 201, "status " + status);
    String nowhere =
        bindingBody(
                "nowhere", "ClusterRole", "services", "{'kind':'ServiceAccount','name':'robot'}")
            .replace("'RoleBinding'", "'ClusterRoleBinding'");
    int other = server.json("master", "POST", RBAC + "/clusterrolebindings", nowhere).status();
    assertTrue(other == 422 || other == 201, "status " + other);
    made(
        server.json(
            "master", "POST", BINDINGS, bindingBody("dangling", "Role", "none", user("new"))));
    assertEquals(403, server.json("sa", "GET", read, "").status());
    assertEquals(403, server.json("new", "GET", read, "").status());
  }

  @Test
  void case149RoleReferenceNeverChanges() throws Exception {
    made(
        server.json(
            "master", "POST", BINDINGS, bindingBody("ref", "Role", "none", user("nobody"))));
    Reply changed =
        server.json(
            "master", "PUT", BINDINGS + "/ref", bindingBody("ref", "Role", "other", user("x")));
    assertEquals(422, changed.status(), changed.body());
  }

  @Test
  void case150WebSocketIntoAPodWantsTheRightToCreate() throws Exception {
    clusterRole("streams", rule("get", "", "pods/exec,pods/attach,pods/portforward"));
    bindCluster("streams", "streams", "sa-like");
    String body =
        bindingBody(
            "stream", "ClusterRole", "streams", user("system:serviceaccount:default:robot"));
    made(server.json("master", "POST", BINDINGS, body));
    for (String sub : new String[] {"exec", "attach", "portforward"}) {
      Reply refused = webSocket(sub);
      forbidden(
          refused,
          "cannot create resource \\\"pods/" + sub + "\\\" in API group \\\"\\\" in the namespace");
    }
    clusterRole("streams-too", rule("create", "", "pods/exec"));
    made(
        server.json(
            "master",
            "POST",
            BINDINGS,
            bindingBody(
                "too", "ClusterRole", "streams-too", user("system:serviceaccount:default:robot"))));
    assertTrue(webSocket("exec").status() != 403, "may create");
  }

  private static Reply webSocket(String sub) throws Exception {
    return server.get(
        "/api/v1/namespaces/default/pods/p/" + sub + "?command=sh",
        "Authorization: Bearer sa",
        "Connection: Upgrade, close",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: v5.channel.k8s.io");
  }

  @Test
  void case152RightsThatAreTakenAreGoneAtOnce() throws Exception {
    String maps = "/api/v1/namespaces/default/endpoints";
    clusterRole("brief", rule("list", "", "endpoints"));
    String binding = bindingBody("brief", "ClusterRole", "brief", user("new"));
    for (int i = 0; i < 20; i++) {
      made(server.json("master", "POST", BINDINGS, binding));
      assertEquals(200, server.json("new", "GET", maps, "").status());
      assertEquals(200, server.json("master", "DELETE", BINDINGS + "/brief", "").status());
      assertEquals(403, server.json("new", "GET", maps, "").status());
    }
  }

  @Test
  void case152NoRbacEditStopsTheMasters() throws Exception {
    String admin = RBAC + "/clusterrolebindings/cluster-admin";
    assertEquals(200, server.json("master", "DELETE", admin, "").status());
    assertEquals(200, server.json("master", "GET", "/api/v1/secrets", "").status());
  }
}
