package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.server.live.LiveServer.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lists and watches of another cluster, which is a server of ours, of what somebody may see there.
 * The gateway knows its users by tokens of their names; the cluster knows the gateway alone.
 */
final class FilteredRoutesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
  private static final String MAPS = "/api/v1/configmaps?labelSelector=of%3Dtest";
  private static final String READS =
      "{'verbs':['get','list','watch'],'apiGroups':[''],'resources':['configmaps','namespaces']}";
  private static final String TABLE = "Accept: application/json;as=Table;v=v1;g=meta.k8s.io";

  @TempDir static Path folder;
  private static LiveServer cluster;
  private static LiveServer gateway;

  @BeforeAll
  static void start() throws Exception {
    Path behind = Files.createDirectory(folder.resolve("cluster"));
    Path before = Files.createDirectory(folder.resolve("gateway"));
    cluster = LiveServer.start(behind, "weak,weak,u9\n");
    for (String namespace : List.of("red", "green", "blue")) {
      made(cluster, "/api/v1/namespaces", "{'metadata':{'name':'" + namespace + "'}}");
      map(namespace, "one");
      map(namespace, "two");
    }
    role(cluster, "reads", READS);
    role(cluster, "everything", "{'verbs':['*'],'apiGroups':['*'],'resources':['*']}");
    bind(cluster, "red", "ann", "reads", false);
    bind(cluster, "green", "ann", "reads", true);
    bind(cluster, "red", "fay", "everything", true);
    gateway =
        LiveServer.start(
            before,
            "ann,ann,u1\nbob,bob,u2\ncid,cid,u3\ndan,dan,u4\neve,eve,u5\nfay,fay,u6\ngus,gus,u7\n",
            "--routes-config=" + routes(behind, before));
    role(gateway, "reads", READS);
    made(gateway, "/api/v1/namespaces", "{'metadata':{'name':'blue'}}");
    bind(gateway, "blue", "bob", "reads", false);
  }

  private static Path routes(Path behind, Path before) throws Exception {
    Files.writeString(before.resolve("master.token"), "master");
    Files.writeString(before.resolve("weak.token"), "weak");
    String upstream =
        """
        - name: %s
          endpoints: [{url: "https://127.0.0.1:%d"}]
          tls: {certificateAuthority: %s}
          tokenFile: %s.token
          identity: impersonate
        """;
    Path authority = behind.resolve("data/ca.crt");
    Path file = before.resolve("routes.yaml");
    Files.writeString(
        file,
        "apiVersion: sallyport.dev/v1alpha1\nkind: RouteConfiguration\nupstreams:\n"
            + upstream.formatted("strong", cluster.port(), authority, "master")
            + upstream.formatted("weak", cluster.port(), authority, "weak")
            + "routes:\n"
            + route("all", "strong", "UpstreamRBAC", "true")
            + route("labelled", "strong", "UpstreamRBAC", "labelled")
            + route("plain", "strong", "UpstreamRBAC", "false")
            + route("local", "strong", "Local", "true")
            + route("weak", "weak", "Local", "true"));
    return file;
  }

  private static String route(String name, String upstream, String judge, String filter) {
    return """
    - name: %1$s
      match: {pathPrefix: /%1$s}
      stripPrefix: true
      upstreams: [{name: %2$s}]
      authorization: {judge: %3$s}
      filterLists: %4$s
    """
        .formatted(name, upstream, judge, filter);
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    cluster.close();
  }

  private static void made(LiveServer at, String path, String json) throws Exception {
    Reply reply = at.json("master", "POST", path, json);
    assertEquals(201, reply.status(), reply.body());
  }

  private static void map(String namespace, String name) throws Exception {
    made(
        cluster,
        "/api/v1/namespaces/" + namespace + "/configmaps",
        "{'metadata':{'name':'" + name + "','labels':{'of':'test'}}}");
  }

  private static void unmap(String namespace, String name) throws Exception {
    String path = "/api/v1/namespaces/" + namespace + "/configmaps/" + name;
    assertEquals(200, cluster.json("master", "DELETE", path, "").status());
  }

  private static void role(LiveServer at, String name, String rule) throws Exception {
    made(at, RBAC + "/clusterroles", "{'metadata':{'name':'" + name + "'},'rules':[" + rule + "]}");
  }

  /** A binding of the user's name. */
  private static void bind(
      LiveServer at, String namespace, String user, String role, boolean labelled)
      throws Exception {
    made(
        at,
        RBAC
            + (namespace.isEmpty() ? "/cluster" : "/namespaces/" + namespace + "/")
            + "rolebindings",
        "{'metadata':{'name':'%s','labels':{'sallyport.dev/filter-lists':'%s'}},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'%s'},'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'%s'}]}"
            .formatted(user, labelled, role, user));
  }

  private static void unbind(String namespace, String user) throws Exception {
    String path =
        RBAC
            + (namespace.isEmpty() ? "/cluster" : "/namespaces/" + namespace + "/")
            + "rolebindings/"
            + user;
    assertEquals(200, cluster.json("master", "DELETE", path, "").status());
  }

  private static Reply get(LiveServer from, String user, String target, String... headers)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Authorization: Bearer " + user);
    try (LiveLine line = from.line()) {
      return line.send("GET", target, all.toArray(String[]::new));
    }
  }

  private static Reply get(String user, String target, String... headers) throws Exception {
    return get(gateway, user, target, headers);
  }

  private static JsonNode list(String user, String target) throws Exception {
    Reply reply = get(user, target);
    assertEquals(200, reply.status(), reply.body());
    return MAPPER.readTree(reply.body());
  }

  private static List<String> keys(JsonNode list) {
    List<String> keys = new ArrayList<>();
    list.path("items").forEach(item -> keys.add(key(item)));
    return keys;
  }

  private static String key(JsonNode object) {
    String namespace = object.at("/metadata/namespace").asText();
    String name = object.at("/metadata/name").asText();
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  /** The list once the gateway knows of the rights by which it is this. */
  private static JsonNode awaited(String user, String target, String... keys) throws Exception {
    while (true) {
      Reply reply = get(user, target);
      JsonNode list = reply.status() == 200 ? MAPPER.readTree(reply.body()) : MAPPER.nullNode();
      if (keys(list).equals(List.of(keys))) {
        return list;
      }
      Thread.onSpinWait();
    }
  }

  private static void awaitsRefusal(String user, String target) throws Exception {
    while (get(user, target).status() != 403) {
      Thread.onSpinWait();
    }
  }

  private static JsonNode event(LiveLine watch) throws Exception {
    return MAPPER.readTree(Objects.requireNonNull(watch.line(), "the watch has ended"));
  }

  private static String told(LiveLine watch) throws Exception {
    JsonNode event = event(watch);
    return event.path("type").asText() + " " + key(event.path("object"));
  }

  private static void endsWith410(LiveLine watch) throws Exception {
    JsonNode only = event(watch);
    assertEquals("ERROR", only.path("type").asText(), only::toString);
    assertEquals(410, only.at("/object/code").asInt());
    assertEquals("Expired", only.at("/object/reason").asText());
    assertNull(watch.line());
  }

  @Test
  void aListShowsWhatTheCallersBindingsGive() throws Exception {
    awaited("ann", "/all" + MAPS, "green/one", "green/two", "red/one", "red/two");
    awaited("ann", "/labelled" + MAPS, "green/one", "green/two");
    awaited("bob", "/local" + MAPS, "blue/one", "blue/two");
    awaited("ann", "/all/api/v1/namespaces", "green", "red");
  }

  @Test
  void withoutTheOptionItIsRefusedAsEver() throws Exception {
    awaited("ann", "/all" + MAPS, "green/one", "green/two", "red/one", "red/two");
    assertEquals(403, get("ann", "/plain" + MAPS).status());
    assertEquals(403, get("ann", "/plain" + MAPS + "&watch=1").status());
    assertEquals(403, get("bob", "/all" + MAPS).status());
    assertEquals(403, get("ann", "/all/api/v1/secrets").status());
    assertEquals(403, get("fay", "/all/api/v1/nodes").status());
    assertEquals(403, gateway.json("fay", "DELETE", "/all/api/v1/configmaps", "").status());
  }

  @Test
  void pagesHoldWhatIsSeenAndNotHowMuchThereIs() throws Exception {
    awaited("ann", "/all" + MAPS, "green/one", "green/two", "red/one", "red/two");
    JsonNode first = list("ann", "/all" + MAPS + "&limit=3");
    assertEquals(List.of("green/one"), keys(first));
    assertFalse(first.path("metadata").has("remainingItemCount"));
    String token = first.at("/metadata/continue").asText();
    JsonNode second = list("ann", "/all" + MAPS + "&limit=3&continue=" + token);
    assertEquals(List.of("green/two", "red/one", "red/two"), keys(second));
    assertEquals(first.at("/metadata/resourceVersion"), second.at("/metadata/resourceVersion"));
    assertEquals("", second.at("/metadata/continue").asText());
  }

  @Test
  void tablesAndMetadataHoldTheSame() throws Exception {
    awaited("ann", "/all" + MAPS, "green/one", "green/two", "red/one", "red/two");
    JsonNode table = MAPPER.readTree(get("ann", "/all" + MAPS, TABLE).body());
    assertEquals(4, table.path("rows").size(), table::toString);
    assertEquals("Table", table.path("kind").asText());
    assertTrue(table.path("columnDefinitions").size() > 1, table::toString);
    assertFalse(table.toString().contains("blue"), table::toString);
    JsonNode bare =
        MAPPER.readTree(get("ann", "/all" + MAPS + "&includeObject=None", TABLE).body());
    assertEquals(4, bare.path("rows").size(), bare::toString);
    assertTrue(bare.at("/rows/0/object").isNull(), bare::toString);
    String metadata =
        get(
                "ann",
                "/all" + MAPS,
                "Accept: application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")
            .body();
    assertEquals(4, MAPPER.readTree(metadata).path("items").size(), metadata);
  }

  @Test
  void onlyJsonCanBeLookedInto() throws Exception {
    awaited("ann", "/all" + MAPS, "green/one", "green/two", "red/one", "red/two");
    Reply protobuf = get("ann", "/all" + MAPS, "Accept: application/vnd.kubernetes.protobuf");
    assertEquals(406, protobuf.status());
    Reply either =
        get("ann", "/all" + MAPS, "Accept: application/vnd.kubernetes.protobuf,application/json");
    assertEquals(4, MAPPER.readTree(either.body()).path("items").size(), either.body());
    Reply packed = get("ann", "/all" + MAPS, "Accept-Encoding: gzip");
    assertEquals(4, MAPPER.readTree(packed.body()).path("items").size(), packed.body());
    Reply socket =
        get("ann", "/all" + MAPS + "&watch=1", "Connection: Upgrade", "Upgrade: websocket");
    assertEquals(400, socket.status());
  }

  @Test
  void whoMaySeeEverythingIsAnsweredAsTheClusterAnswers() throws Exception {
    awaited("ann", "/all" + MAPS, "green/one", "green/two", "red/one", "red/two");
    for (String accept :
        List.of(
            "Accept: application/json",
            "Accept: application/vnd.kubernetes.protobuf",
            "Accept: application/yaml")) {
      String target = "/api/v1/namespaces?limit=2";
      Reply direct = get(cluster, "master", target, accept);
      assertEquals(direct.body(), get("master", "/all" + target, accept).body());
    }
  }

  @Test
  void aWatchTellsWhatIsSeenUntilRightsChange() throws Exception {
    bind(cluster, "red", "cid", "reads", false);
    String at =
        awaited("cid", "/all" + MAPS, "red/one", "red/two")
            .at("/metadata/resourceVersion")
            .asText();
    String from = "/all" + MAPS + "&watch=1&allowWatchBookmarks=true&resourceVersion=";
    try (LiveLine watch = gateway.line()) {
      watch.open(from + at, "Authorization: Bearer cid");
      map("blue", "unseen");
      map("red", "new");
      unmap("blue", "unseen");
      assertEquals("ADDED red/new", told(watch));
      unmap("red", "new");
      assertEquals("DELETED red/new", told(watch));
      bind(cluster, "blue", "cid", "reads", false);
      endsWith410(watch);
    }
    try (LiveLine watch = gateway.line()) {
      watch.open(from + at, "Authorization: Bearer cid");
      endsWith410(watch); // what it held then is not what is seen now
    }
    JsonNode anew = list("cid", "/all" + MAPS);
    assertEquals(List.of("blue/one", "blue/two", "red/one", "red/two"), keys(anew));
    try (LiveLine watch = gateway.line()) {
      String now = anew.at("/metadata/resourceVersion").asText();
      watch.open(from + now, "Authorization: Bearer cid");
      map("blue", "seen");
      assertEquals("ADDED blue/seen", told(watch));
      unmap("blue", "seen");
      assertEquals("DELETED blue/seen", told(watch));
    }
  }

  @Test
  void aWatchMayBeginWithAllThereIs() throws Exception {
    bind(cluster, "red", "dan", "reads", false);
    awaited("dan", "/all" + MAPS, "red/one", "red/two");
    String bookmark;
    try (LiveLine watch = gateway.line()) {
      watch.open(
          "/all"
              + MAPS
              + "&watch=1&allowWatchBookmarks=true&sendInitialEvents=true"
              + "&resourceVersionMatch=NotOlderThan",
          "Authorization: Bearer dan");
      assertEquals("ADDED red/one", told(watch));
      assertEquals("ADDED red/two", told(watch));
      JsonNode end = event(watch);
      assertEquals("BOOKMARK", end.path("type").asText());
      bookmark = end.at("/object/metadata/resourceVersion").asText();
    }
    try (LiveLine watch = gateway.line()) {
      watch.open(
          "/all" + MAPS + "&watch=1&resourceVersion=" + bookmark,
          "Authorization: Bearer dan",
          TABLE);
      map("green", "unseen"); // the first event would have told the columns
      map("red", "later");
      JsonNode event = event(watch);
      assertEquals("later", event.at("/object/rows/0/object/metadata/name").asText());
      assertTrue(event.at("/object/columnDefinitions").size() > 1, event::toString);
      unmap("red", "later");
      unmap("green", "unseen");
      unbind("red", "dan");
      assertEquals("DELETED", event(watch).path("type").asText());
      endsWith410(watch);
    }
    awaitsRefusal("dan", "/all" + MAPS);
  }

  @Test
  void whoComesToSeeEverythingBeginsAnew() throws Exception {
    bind(cluster, "red", "eve", "reads", false);
    String at =
        awaited("eve", "/all" + MAPS, "red/one", "red/two")
            .at("/metadata/resourceVersion")
            .asText();
    bind(cluster, "", "eve", "reads", false);
    JsonNode all =
        awaited(
            "eve",
            "/all" + MAPS,
            "blue/one",
            "blue/two",
            "green/one",
            "green/two",
            "red/one",
            "red/two");
    String from = "/all" + MAPS + "&watch=1&resourceVersion=";
    try (LiveLine watch = gateway.line()) {
      watch.open(from + at, "Authorization: Bearer eve");
      endsWith410(watch);
    }
    try (LiveLine watch = gateway.line()) {
      watch.open(from + all.at("/metadata/resourceVersion").asText(), "Authorization: Bearer eve");
      map("blue", "all");
      assertEquals("ADDED blue/all", told(watch));
      unmap("blue", "all");
    }
  }

  @Test
  void aGatewayThatMayNotReadSaysSo() throws Exception {
    Reply reply = get("bob", "/weak" + MAPS);
    assertEquals(502, reply.status(), reply.body());
    assertTrue(reply.body().contains("does not let this server read"), reply.body());
  }

  @Test
  void refusalsOfTheClusterPass() throws Exception {
    awaited("ann", "/all" + MAPS, "green/one", "green/two", "red/one", "red/two");
    Reply reply = get("ann", "/all/api/v1/configmaps?labelSelector=a%3D%3D%3Db");
    assertEquals(400, reply.status(), reply.body());
    assertTrue(reply.body().contains("BadRequest"), reply.body());
  }
}
