package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.live.LiveServer.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attack cases 131 to 143: paths and verbs that two readers could understand differently. Everybody
 * here has one narrow right; boss may do everything and so sees what stands behind authorization.
 */
final class PathAttackTest {

  private static final String A = "/api/v1/namespaces/a";
  private static final String MAPS = A + "/configmaps";
  private static final String PODS = A + "/pods";
  private static final String HIDDEN = "aGlkZGVu";

  @TempDir static Path folder;
  private static LiveServer server;
  private static LiveLine line;

  @BeforeAll
  static void start() throws Exception {
    server =
        LiveServer.start(
            folder,
            "ann,ann,u1\nhal,hal,u2\nlia,lia,u3\nnat,nat,u4\ngil,gil,u5\ndel,del,u6\ndec,dec,u7\n");
    line = server.line();
    for (String name : new String[] {"a", "b", "a-b"}) {
      made("/api/v1/namespaces", object("Namespace", name, ""));
    }
    made("/api/v1/namespaces/b/secrets", object("Secret", "s", "'data':{'k':'" + HIDDEN + "'}"));
    made(MAPS, object("ConfigMap", "a", "'data':{'k':'first'}"));
    made(MAPS, object("ConfigMap", "b", "'data':{'k':'second'}"));
    made("/api/v1/namespaces/a-b/configmaps", object("ConfigMap", "neighbour", ""));
    allow("ann", "a", "'verbs':['*'],'apiGroups':[''],'resources':['secrets']");
    allow("lia", "a", "'verbs':['list'],'apiGroups':[''],'resources':['configmaps']");
    allow(
        "nat",
        "a",
        "'verbs':['get','list','watch'],'apiGroups':[''],'resources':['configmaps'],"
            + "'resourceNames':['a']");
    allow("gil", "a", "'verbs':['get'],'apiGroups':[''],'resources':['pods','configmaps']");
    allow("del", "a", "'verbs':['delete'],'apiGroups':[''],'resources':['pods']");
    allow("dec", "a", "'verbs':['deletecollection'],'apiGroups':[''],'resources':['pods']");
    String rbac = "/apis/rbac.authorization.k8s.io/v1";
    made(
        rbac + "/clusterroles",
        "{'kind':'ClusterRole','apiVersion':'rbac.authorization.k8s.io/v1','metadata':{'name':'h'},"
            + "'rules':[{'verbs':['get'],'nonResourceURLs':['/healthz/*']}]}");
    made(rbac + "/clusterrolebindings", binding("ClusterRoleBinding", "h", "ClusterRole", "hal"));
  }

  @AfterAll
  static void stop() throws Exception {
    line.close();
    server.close();
  }

  private static String object(String kind, String name, String more) {
    String rest = more.isEmpty() ? "" : "," + more;
    return "{'kind':'"
        + kind
        + "','apiVersion':'v1','metadata':{'name':'"
        + name
        + "'}"
        + rest
        + "}";
  }

  private static String binding(String kind, String role, String roleKind, String user) {
    String group = "'rbac.authorization.k8s.io'";
    return "{'kind':'"
        + kind
        + "','apiVersion':'rbac.authorization.k8s.io/v1','metadata':{'name':'"
        + role
        + "'},'roleRef':{'apiGroup':"
        + group
        + ",'kind':'"
        + roleKind
        + "','name':'"
        + role
        + "'},'subjects':[{'kind':'User','apiGroup':"
        + group
        + ",'name':'"
        + user
        + "'}]}";
  }

  private static void allow(String user, String namespace, String rule) throws Exception {
    String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace;
    String role =
        "{'kind':'Role','apiVersion':'rbac.authorization.k8s.io/v1','metadata':{'name':'"
            + user
            + "'},'rules':[{"
            + rule
            + "}]}";
    made(rbac + "/roles", role);
    made(rbac + "/rolebindings", binding("RoleBinding", user, "Role", user));
  }

  private static void made(String path, String body) throws Exception {
    Reply reply = server.json("master", "POST", path, body);
    assertEquals(201, reply.status(), reply.body());
  }

  private static Reply as(String token, String method, String target) throws Exception {
    if (line.over()) {
      line.close();
      line = server.line();
    }
    return line.send(method, target, "Authorization: Bearer " + token);
  }

  private static Reply get(String token, String target) throws Exception {
    return as(token, "GET", target);
  }

  /** Neither served nor sent elsewhere, whoever asks. */
  private static void shut(String token, String target) throws Exception {
    Reply reply = get(token, target);
    assertTrue(reply.status() >= 400 && reply.status() <= 404, target + ": " + reply.head());
    assertFalse(reply.head().contains("ocation:"), target + ": " + reply.head());
    assertFalse(reply.body().contains(HIDDEN), target);
    assertFalse(reply.body().contains("items"), target);
  }

  @Test
  void case131DotSegmentsNeverReachAnotherNamespace() throws Exception {
    for (String dots :
        new String[] {"..", "%2e%2e", ".%2e", "%2E.", "./..", "x/../..", "%2e%2e%2fa%2f.."}) {
      for (String token : new String[] {"ann", "master"}) {
        shut(token, A + "/" + dots + "/b/secrets");
        shut(token, A + "/secrets/" + dots + "/" + dots + "/b/secrets/s");
      }
    }
    shut("master", "/api/v1/./namespaces/b/secrets");
    shut("ann", "/api/v1/./namespaces/b/secrets");
    assertEquals(403, get("ann", "/api/v1/namespaces/b/secrets").status());
    assertEquals(200, get("ann", A + "/secrets").status());
  }

  @Test
  void case132APrefixRightEndsAtItsPrefix() throws Exception {
    assertEquals(200, get("hal", "/healthz/ping").status());
    for (String tail :
        new String[] {
          "/../metrics",
          "/%2e%2e/metrics",
          "/..%2fmetrics",
          "/%2e%2e/api/v1/secrets",
          "//metrics",
          "/./../metrics"
        }) {
      shut("hal", "/healthz" + tail);
      assertFalse(get("hal", "/healthz" + tail).body().contains("# HELP"), tail);
    }
    assertEquals(403, get("hal", "/metrics").status());
  }

  @Test
  void case133EmptySegmentsAreNeverServedNorRedirected() throws Exception {
    for (String path :
        new String[] {
          "//api/v1/pods", "/api//v1/pods", "/api/v1//pods", "/api/v1/namespaces//pods",
          "/api/v1/namespaces/a//pods", "///", "//", "/api/v1/pods//"
        }) {
      shut("master", path);
      shut("gil", path);
    }
  }

  @Test
  void case135EscapesAreDecodedOnceAndOddOnesServeNothing() throws Exception {
    for (String tail :
        new String[] {
          "/pods/x%2fexec",
          "/pods/x%5cexec",
          "/pods/x%252fexec",
          "/pods%00",
          "/pods/%c0%ae",
          "/pods/%",
          "/pods/%4",
          "/pods/%zz",
          "%2fpods",
          "/configmaps/a%00b",
          "/configmaps/%2561"
        }) {
      shut("master", A + tail);
      shut("gil", A + tail);
    }
    // What needs no escape may have one: authorizer and store both see the letter.
    assertEquals(200, get("gil", MAPS + "/%61").status());
    assertEquals(403, get("lia", MAPS + "/%61").status());
  }

  @Test
  void case136CaseCountsAndATrailingSlashChangesNoVerb() throws Exception {
    for (String path : new String[] {"/API/v1/pods", "/api/V1/pods", "/api/v1/Pods"}) {
      assertEquals(404, get("master", path).status(), path);
      assertEquals(403, get("gil", path).status(), path);
    }
    assertEquals(200, get("lia", MAPS + "/").status());
    assertEquals(200, get("gil", MAPS + "/a/").status());
    // DELETE of the collection, with a slash or without, is deletecollection and never delete.
    for (String path : new String[] {PODS, PODS + "/"}) {
      assertEquals(403, as("del", "DELETE", path).status(), path);
      assertTrue(as("del", "DELETE", path).body().contains("cannot deletecollection"), path);
      assertEquals(200, as("dec", "DELETE", path).status(), path);
      assertEquals(404, as("del", "DELETE", PODS + "/x").status());
      assertEquals(403, as("dec", "DELETE", PODS + "/x").status());
    }
  }

  @Test
  void case137EveryFormOfWatchWantsTheVerbWatch() throws Exception {
    for (String query :
        new String[] {
          "watch",
          "watch=",
          "watch=yes",
          "%77atch=1",
          "watch=true",
          "watch=TRUE",
          "watch=1",
          "watch=1&watch=0",
          "limit=5&watch",
          "watch=False%20"
        }) {
      Reply reply = get("lia", MAPS + "?" + query);
      assertEquals(403, reply.status(), query);
      assertTrue(reply.body().contains("cannot watch resource"), reply.body());
    }
    for (String query : new String[] {"watch=false", "watch=0", "watch=False", "Watch=1"}) {
      Reply reply = get("lia", MAPS + "?" + query);
      assertEquals(200, reply.status(), query);
      assertTrue(reply.body().contains("\"kind\":\"ConfigMapList\""), reply.body());
    }
    assertEquals(403, get("lia", "/api/v1/watch/namespaces/a/configmaps").status());
  }

  @Test
  void case139ANameRightOpensTheListOfThatNameAlone() throws Exception {
    Reply own = get("nat", MAPS + "?fieldSelector=metadata.name%3Da");
    assertEquals(200, own.status(), own.body());
    assertTrue(own.body().contains("first") && !own.body().contains("second"), own.body());
    for (String selector :
        new String[] {
          "metadata.name%3Db",
          "metadata.name!%3Da",
          "metadata.namespace%3Da",
          "metadata.name%3Da%2Cmetadata.name%3Db",
          ""
        }) {
      Reply reply = get("nat", MAPS + "?fieldSelector=" + selector);
      boolean nothing = reply.status() == 200 && reply.body().contains("\"items\":[]");
      assertTrue(reply.status() == 403 || nothing, selector + ": " + reply.body());
    }
    // Given twice, the first counts for the authorizer and for the list alike.
    Reply twice =
        get("nat", MAPS + "?fieldSelector=metadata.name%3Da&fieldSelector=metadata.name%3Db");
    assertEquals(200, twice.status(), twice.body());
    assertFalse(twice.body().contains("second"), twice.body());
    assertEquals(
        403,
        get("nat", MAPS + "?fieldSelector=metadata.name%3Db&fieldSelector=metadata.name%3Da")
            .status());
    // A parameter that is no number makes the selector unread, for both.
    assertEquals(403, get("nat", MAPS + "?fieldSelector=metadata.name%3Da&limit=x").status());
  }

  @Test
  void case140AnUnknownMethodIsNoGet() throws Exception {
    for (String method : new String[] {"TRACE", "FOO", "OPTIONS"}) {
      assertEquals(405, as("master", method, MAPS + "/a").status(), method);
      assertEquals(403, as("gil", method, MAPS + "/a").status(), method);
      assertFalse(as("gil", method, MAPS + "/a").body().contains("first"), method);
    }
    // HEAD is judged as the GET it stands for, and then not served, as by kube-apiserver.
    assertEquals(405, as("gil", "HEAD", MAPS + "/a").status());
    assertEquals(403, as("lia", "HEAD", MAPS + "/a").status());
    assertEquals(405, as("lia", "HEAD", MAPS).status());
    assertEquals(403, as("gil", "HEAD", MAPS).status());
  }

  @Test
  void case141AKindIsServedInItsOwnScopeOnly() throws Exception {
    assertEquals(404, get("master", A + "/nodes").status());
    assertEquals(404, get("master", A + "/nodes/x").status());
    assertEquals(
        404,
        get("master", "/apis/rbac.authorization.k8s.io/v1/namespaces/a/clusterroles").status());
    assertEquals(404, get("master", "/api/v1/configmaps/a").status());
    String map = object("ConfigMap", "c", "'metadata':{'name':'c','namespace':'a'}");
    assertEquals(405, server.json("master", "POST", "/api/v1/configmaps", map).status());
    assertEquals(
        404, server.json("master", "POST", A + "/nodes", object("Node", "n", "")).status());
  }

  @Test
  void case142NoNameLeavesItsCollection() throws Exception {
    for (String name : new String[] {".", "..", "a/b", "a%b", "../b/x", "%2e%2e", "a%2fb"}) {
      Reply reply = server.json("master", "POST", MAPS, object("ConfigMap", name, ""));
      assertEquals(422, reply.status(), name + ": " + reply.body());
      // Roles have nearly free names, but none that could leave its path.
      Reply role =
          server.json(
              "master",
              "POST",
              "/apis/rbac.authorization.k8s.io/v1/namespaces/a/roles",
              object("Role", name, "'rules':[]").replace("'v1'", "'rbac.authorization.k8s.io/v1'"));
      assertEquals(422, role.status(), name + ": " + role.body());
    }
    for (String path :
        new String[] {
          "/apis/a%2fb/v1/things",
          "/apis/../api/v1/secrets",
          "/apis/apps.v1/deployments",
          "/apis/apps/v1/deployments.apps",
          "/apis/apps%2fv1/deployments"
        }) {
      shut("master", path);
    }
    // A namespace's list does not show that of a namespace whose name it begins.
    Reply list = get("master", MAPS);
    assertFalse(list.body().contains("neighbour"), list.body());
    assertFalse(
        get("master", "/apis/rbac.authorization.k8s.io/v1/namespaces/a/roles")
            .body()
            .contains("roleRef"));
  }

  @Test
  void case143BodyAndPathNameTheSameObject() throws Exception {
    String elsewhere = object("ConfigMap", "c", "").replace("}}", ",'namespace':'b'}}");
    assertEquals(400, server.json("master", "POST", MAPS, elsewhere).status());
    String a = object("ConfigMap", "a", "");
    assertEquals(400, server.json("master", "PUT", MAPS + "/b", a).status());
    assertEquals(
        400,
        server.json("master", "PUT", MAPS + "/a", a.replace("}}", ",'namespace':'b'}}")).status());
    assertEquals(
        400, server.json("master", "PATCH", MAPS + "/a", "{'metadata':{'name':'b'}}").status());
    assertEquals(
        400,
        server.json("master", "PATCH", MAPS + "/a", "{'metadata':{'namespace':'b'}}").status());
    assertEquals(400, server.json("master", "POST", MAPS, object("Secret", "c", "")).status());
    assertEquals(400, server.json("master", "POST", MAPS, a.replace("'v1'", "'apps/v1'")).status());
    assertEquals(
        400, server.json("master", "POST", "/api/v1/namespaces", object("Pod", "p", "")).status());
  }
}
