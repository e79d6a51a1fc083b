package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.live.LiveServer.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of kube-rbac-proxy's documentation: its flags and files before a backend, with a
 * second server as the cluster that reviews tokens and access.
 */
final class ServiceProxyTest {

  @TempDir static Path shared;
  @TempDir Path folder;
  private static LiveServer cluster;
  private static Path kubeconfig;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = LiveServer.start(shared, "tok-alice,alice,1,dev\ntok-bob,bob,2\n");
    kubeconfig = shared.resolve("cluster.kubeconfig");
    Files.writeString(
        kubeconfig,
        """
        current-context: c
        clusters: [{name: c, cluster: {server: 'https://127.0.0.1:%d', certificate-authority: data/ca.crt}}]
        users: [{name: c, user: {token: master}}]
        contexts: [{name: c, context: {cluster: c, user: c}}]
        """
            .formatted(cluster.port()));
    create(
        "clusterroles",
        "{'metadata':{'name':'metrics'},'rules':[{'verbs':['get'],'nonResourceURLs':['/metrics']}]}");
    bind("metrics", "alice");
    create(
        "clusterroles",
        "{'metadata':{'name':'proxied'},'rules':[{'verbs':['get'],'apiGroups':[''],"
            + "'resources':['services/proxy'],'resourceNames':['kube-rbac-proxy']}]}");
    bind("proxied", "bob");
    create(
        "namespaces/default/roles",
        "{'metadata':{'name':'namespace-metrics'},'rules':[{'verbs':['get'],'apiGroups':[''],"
            + "'resources':['namespace/metrics']}]}");
    create(
        "namespaces/default/rolebindings",
        "{'metadata':{'name':'namespace-metrics'},'roleRef':{'apiGroup':"
            + "'rbac.authorization.k8s.io','kind':'Role','name':'namespace-metrics'},"
            + "'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'alice'}]}");
  }

  @AfterAll
  static void stopCluster() throws Exception {
    cluster.close();
  }

  private static void create(String where, String object) throws Exception {
    Reply reply =
        cluster.json("master", "POST", "/apis/rbac.authorization.k8s.io/v1/" + where, object);
    assertEquals(201, reply.status(), reply.body());
  }

  private static void bind(String role, String user) throws Exception {
    create(
        "clusterrolebindings",
        "{'metadata':{'name':'%s'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'%s'},'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'%s'}]}"
            .formatted(role, role, user));
  }

  private LiveServer gate(StubBackend backend, String... flags) throws Exception {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--upstream=" + backend.url() + "/");
    all.add("--kubeconfig=" + kubeconfig);
    all.add("--logtostderr=true");
    all.add("--v=0");
    return LiveServer.start(folder, "", all.toArray(String[]::new));
  }

  private String file(String text) throws Exception {
    Path file = folder.resolve("config-file.yaml");
    Files.writeString(file, text);
    return "--config-file=" + file;
  }

  private static int status(LiveServer gate, String token, String target) throws Exception {
    return token.isEmpty()
        ? gate.get(target).status()
        : gate.get(target, "Authorization: Bearer " + token).status();
  }

  @Test
  void nonResourceUrl() throws Exception {
    try (StubBackend backend = new StubBackend();
        LiveServer gate = gate(backend)) {
      assertEquals(200, status(gate, "tok-alice", "/metrics"));
      Map<String, List<String>> seen = backend.request();
      assertFalse(seen.containsKey("authorization"), seen.toString());
      assertFalse(seen.containsKey("x-remote-user"), seen.toString());
      assertEquals(403, status(gate, "tok-bob", "/metrics"));
      assertEquals(403, status(gate, "tok-alice", "/other"));
      // The default roles let everybody see it, and it is the backend's.
      assertEquals(200, status(gate, "tok-alice", "/healthz"));
      assertEquals(401, status(gate, "", "/metrics"));
      assertEquals(401, status(gate, "nonsense", "/metrics"));
      Reply post = gate.send(null, "POST", "/metrics", "x", "Authorization: Bearer tok-alice");
      assertEquals(403, post.status());
      assertTrue(post.body().contains("cannot create path"), post.body());
    }
  }

  @Test
  void tokensForAnAudience() throws Exception {
    Reply account =
        cluster.json(
            "master",
            "POST",
            "/api/v1/namespaces/default/serviceaccounts",
            "{'metadata':{'name':'client'}}");
    assertEquals(201, account.status(), account.body());
    bind("metrics-of-client", "system:serviceaccount:default:client");
    create(
        "clusterroles",
        "{'metadata':{'name':'metrics-of-client'},"
            + "'rules':[{'verbs':['get'],'nonResourceURLs':['/metrics']}]}");
    try (StubBackend backend = new StubBackend();
        LiveServer gate = gate(backend, "--auth-token-audiences=kube-rbac-proxy.default.svc")) {
      assertEquals(200, status(gate, accountToken("kube-rbac-proxy.default.svc"), "/metrics"));
      assertEquals(401, status(gate, accountToken("somebody-else"), "/metrics"));
    }
  }

  private static String accountToken(String audience) throws Exception {
    Reply reply =
        cluster.json(
            "master",
            "POST",
            "/api/v1/namespaces/default/serviceaccounts/client/token",
            "{'spec':{'audiences':['%s']}}".formatted(audience));
    int at = reply.body().indexOf("\"token\":\"") + 9;
    return reply.body().substring(at, reply.body().indexOf('"', at));
  }

  @Test
  void resourceAttributes() throws Exception {
    String flag =
        file(
            """
            authorization:
              resourceAttributes:
                namespace: default
                apiVersion: v1
                resource: services
                subresource: proxy
                name: kube-rbac-proxy
            """);
    try (StubBackend backend = new StubBackend();
        LiveServer gate = gate(backend, flag)) {
      assertEquals(200, status(gate, "tok-bob", "/anything?at=all"));
      assertEquals(403, status(gate, "tok-alice", "/metrics"));
    }
  }

  @Test
  void rewritesByQueryAndHeader() throws Exception {
    String flag =
        file(
            """
            authorization:
              rewrites:
                byQueryParameter:
                  name: "namespace"
                byHttpHeader:
                  name: "X-Namespace"
              resourceAttributes:
                apiVersion: v1
                resource: namespace
                subresource: metrics
                namespace: "{{ .Value }}"
            """);
    try (StubBackend backend = new StubBackend();
        LiveServer gate = gate(backend, flag)) {
      String[] alice = {"Authorization: Bearer tok-alice", "X-Namespace: default"};
      assertEquals(200, status(gate, "tok-alice", "/metrics?namespace=default"));
      assertEquals(200, gate.get("/metrics", alice).status());
      assertEquals(403, status(gate, "tok-alice", "/metrics?namespace=other"));
      assertEquals(403, status(gate, "tok-alice", "/metrics?namespace=default&namespace=other"));
      assertEquals(403, gate.get("/metrics?namespace=other", alice).status());
      assertEquals(
          403,
          gate.get(
                  "/metrics?namespace=default",
                  "Authorization: Bearer tok-alice",
                  "X_Namespace: other")
              .status());
      assertEquals(400, status(gate, "tok-alice", "/metrics"));
      assertEquals(400, status(gate, "tok-alice", "/metrics?namespace=default;namespace=other"));
    }
  }

  @Test
  void staticRulesAskNobody() throws Exception {
    String flag =
        file(
            """
            authorization:
              static:
                - user:
                    name: bob
                  verb: get
                  resourceRequest: false
                  path: /metrics
            """);
    try (StubBackend backend = new StubBackend();
        LiveServer gate = gate(backend, flag)) {
      assertEquals(200, status(gate, "tok-bob", "/metrics"));
      assertEquals(403, status(gate, "tok-bob", "/other"));
      assertEquals(200, status(gate, "tok-alice", "/metrics"));
    }
  }

  /** Its example "static-auth": whoever has a name may read what the rule names. */
  @Test
  void staticRulesJudgeRewrittenAttributes() throws Exception {
    String flag =
        file(
            """
            authorization:
              rewrites:
                byQueryParameter:
                  name: "namespace"
              resourceAttributes:
                apiVersion: v1
                resource: namespace
                subresource: metrics
                namespace: "{{ .Value }}"
              static:
                - resourceRequest: true
                  resource: namespace
                  subresource: metrics
            """);
    try (StubBackend backend = new StubBackend();
        LiveServer gate = gate(backend, flag)) {
      assertEquals(200, status(gate, "tok-bob", "/metrics?namespace=default"));
      assertEquals(200, status(gate, "tok-bob", "/metrics?namespace=other"));
      assertEquals(401, status(gate, "", "/metrics?namespace=default"));
      assertEquals(400, status(gate, "tok-bob", "/metrics"));
    }
  }

  @Test
  void clientCertificates() throws Exception {
    try (StubBackend backend = new StubBackend();
        LiveServer gate = gate(backend)) {
      Reply alice =
          gate.send(LiveServer.certificate(LiveServer.CLIENTS, "alice"), "GET", "/metrics", "");
      assertEquals(200, alice.status());
      Reply stranger =
          gate.send(LiveServer.certificate(LiveServer.PROXIES, "alice"), "GET", "/metrics", "");
      assertEquals(401, stranger.status());
    }
  }

  @Test
  void allowPaths() throws Exception {
    try (StubBackend backend = new StubBackend();
        LiveServer gate = gate(backend, "--allow-paths=/metrics,/api/v1/label/*/values")) {
      assertEquals(200, status(gate, "tok-alice", "/metrics"));
      assertEquals(404, status(gate, "tok-alice", "/"));
      assertEquals(404, status(gate, "", "/api/v1/label/job/value"));
      assertEquals(404, status(gate, "", "/api/v1/label/a/b/values"));
      assertEquals(404, status(gate, "tok-alice", "//metrics"));
      // As the default roles of the cluster have it: system:discovery covers /api/*.
      assertEquals(200, status(gate, "tok-bob", "/api/v1/label/job/values"));
      assertEquals(403, status(gate, "tok-bob", "/metrics"));
    }
  }

  @Test
  void ignorePaths() throws Exception {
    try (StubBackend backend = new StubBackend();
        LiveServer gate = gate(backend, "--ignore-paths=/public/*,/healthz")) {
      assertEquals(200, status(gate, "", "/public/logo"));
      assertEquals(200, status(gate, "", "/healthz"));
      assertEquals(200, gate.get("/healthz", "Authorization: Bearer nonsense").status());
      assertFalse(backend.request().containsKey("authorization"));
      assertEquals(401, status(gate, "", "/public/a/b"));
      assertEquals(401, status(gate, "", "/public/.."));
      assertEquals(401, status(gate, "", "/public/%2e%2e"));
      assertEquals(401, status(gate, "", "/public/..;x"));
      assertEquals(401, status(gate, "", "/metrics"));
    }
  }

  @Test
  void case118And121IdentityHeadersOfAnyNameAreOursAlone() throws Exception {
    try (StubBackend backend = new StubBackend();
        LiveServer gate =
            gate(
                backend,
                "--auth-header-fields-enabled=true",
                "--auth-header-user-field-name=x-who",
                "--auth-header-groups-field-name=x-teams",
                "--auth-header-groups-field-separator=|")) {
      Reply reply =
          gate.get(
              "/metrics",
              "Authorization: Bearer tok-alice",
              "X-Who: root",
              "X_Who: root",
              "x-teams: root",
              "X_TEAMS: root",
              "X-Remote-User: root");
      assertEquals(200, reply.status());
      Map<String, List<String>> seen = backend.request();
      assertEquals(List.of("alice"), seen.get("x-who"));
      assertEquals(List.of("dev|system:authenticated"), seen.get("x-teams"));
      assertFalse(seen.toString().contains("root"), seen.toString());
    }
  }

  @Test
  void aChangedFileIsInForceAtOnce() throws Exception {
    String flag = file("authorization: {static: [{path: /one}]}\n");
    try (StubBackend backend = new StubBackend();
        LiveServer gate = gate(backend, flag)) {
      assertEquals(200, status(gate, "tok-bob", "/one"));
      var unused = file("authorization: {static: [{path: /another}]}\n");
      while (status(gate, "tok-bob", "/another") != 200) {
        Thread.onSpinWait();
      }
      assertEquals(403, status(gate, "tok-bob", "/one"));
    }
  }

  @Test
  void aMintedTokenTellsTheBackendWhoCalls() throws Exception {
    try (StubBackend backend = new StubBackend();
        LiveServer gate =
            gate(backend, "--upstream-identity=jwt", "--upstream-jwt-audiences=shop")) {
      assertEquals(200, status(gate, "tok-alice", "/metrics"));
      String bearer = backend.request().get("authorization").get(0);
      assertTrue(bearer.startsWith("Bearer ey"), "a token of ours");
      String claims =
          new String(
              Base64.getUrlDecoder().decode(bearer.split("\\.", -1)[1]), StandardCharsets.UTF_8);
      assertTrue(claims.contains("\"sub\":\"alice\""), claims);
      assertTrue(claims.contains("\"aud\":\"shop\""), claims);
      // It is no credential here.
      assertEquals(401, gate.get("/metrics", "Authorization: " + bearer).status());
    }
  }
}
