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
 * Lists and watches across namespaces, of what somebody may see: ann sees red and green, by
 * labelled bindings, and not blue. Each user has the token of its name.
 */
final class FilteredListsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
  private static final String MAPS = "/api/v1/configmaps?labelSelector=of%3Dtest";
  private static final String READS =
      "{'verbs':['get','list','watch'],'apiGroups':[''],'resources':['configmaps','namespaces']}";

  @TempDir static Path folder;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    Path policy = folder.resolve("policy.yaml");
    Files.writeString(
        policy, "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n");
    server =
        LiveServer.start(
            folder,
            "ann,ann,u1\nbob,bob,u2\ncid,cid,u3\ndan,dan,u4\neve,eve,u5\nfay,fay,u6\n",
            "--audit-policy-file=" + policy,
            "--audit-log-path=" + folder.resolve("audit.log"));
    for (String namespace : List.of("red", "green", "blue")) {
      made("/api/v1/namespaces", "{'metadata':{'name':'" + namespace + "'}}");
      for (String name : List.of("one", "two")) {
        map(namespace, name);
      }
    }
    role("reads", READS);
    role("one", READS.replace("}", ",'resourceNames':['one']}"));
    role("lists", READS.replace(",'watch'", ""));
    role("everything", "{'verbs':['*'],'apiGroups':['*'],'resources':['*']}");
    bind("red", "ann", "reads", true);
    bind("green", "ann", "reads", true);
    bind("blue", "bob", "reads", false);
    bind("red", "cid", "one", true);
    bind("blue", "cid", "reads", true);
    bind("red", "fay", "everything", true);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static void made(String path, String json) throws Exception {
    Reply reply = server.json("master", "POST", path, json);
    assertEquals(201, reply.status(), reply.body());
  }

  private static void map(String namespace, String name) throws Exception {
    made(
        "/api/v1/namespaces/" + namespace + "/configmaps",
        "{'metadata':{'name':'" + name + "','labels':{'of':'test'}}}");
  }

  private static void role(String name, String rule) throws Exception {
    made(RBAC + "/clusterroles", "{'metadata':{'name':'" + name + "'},'rules':[" + rule + "]}");
  }

  /** A binding of the user's name. */
  private static void bind(String namespace, String user, String role, boolean labelled)
      throws Exception {
    made(
        bindings(namespace),
        "{'metadata':{'name':'%s','labels':{'sallyport.dev/filter-lists':'%s'}},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'%s'},'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'%s'}]}"
            .formatted(user, labelled, role, user));
  }

  private static void unbind(String namespace, String user) throws Exception {
    Reply reply = server.json("master", "DELETE", bindings(namespace) + "/" + user, "");
    assertEquals(200, reply.status(), reply.body());
  }

  private static String bindings(String namespace) {
    return RBAC + "/namespaces/" + namespace + "/rolebindings";
  }

  private static Reply get(String user, String target, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Authorization: Bearer " + user);
    return server.get(target, all.toArray(String[]::new));
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

  private static JsonNode event(LiveLine watch) throws Exception {
    return MAPPER.readTree(Objects.requireNonNull(watch.line(), "the watch has ended"));
  }

  private static String told(LiveLine watch) throws Exception {
    JsonNode event = event(watch);
    return event.path("type").asText() + " " + key(event.path("object"));
  }

  @Test
  void aListShowsTheNamespacesOfLabelledBindings() throws Exception {
    assertEquals(List.of("green/one", "green/two", "red/one", "red/two"), keys(list("ann", MAPS)));
  }

  @Test
  void withoutALabelItIsRefusedAsEver() throws Exception {
    Reply refused = get("bob", MAPS);
    assertEquals(403, refused.status());
    assertTrue(
        refused
            .body()
            .contains(
                "User \\\"bob\\\" cannot list resource \\\"configmaps\\\" in API group \\\"\\\" at the"
                    + " cluster scope\""),
        refused.body());
    assertEquals(403, get("bob", MAPS + "&watch=1").status());
    assertEquals(403, get("ann", "/api/v1/secrets").status());
  }

  @Test
  void pagesHoldWhatIsSeenAndNotHowMuchThereIs() throws Exception {
    JsonNode first = list("ann", MAPS + "&limit=3");
    assertEquals(List.of("green/one", "green/two", "red/one"), keys(first));
    assertFalse(first.path("metadata").has("remainingItemCount"));
    JsonNode second =
        list("ann", MAPS + "&limit=3&continue=" + first.at("/metadata/continue").asText());
    assertEquals(List.of("red/two"), keys(second));
    assertEquals(first.at("/metadata/resourceVersion"), second.at("/metadata/resourceVersion"));
    assertEquals("", second.at("/metadata/continue").asText());
  }

  @Test
  void tablesMetadataAndProtobufHoldTheSame() throws Exception {
    String table = get("ann", MAPS, "Accept: application/json;as=Table;v=v1;g=meta.k8s.io").body();
    assertEquals(4, MAPPER.readTree(table).path("rows").size(), table);
    assertFalse(table.contains("blue"), table);
    String metadata =
        get("ann", MAPS, "Accept: application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")
            .body();
    assertEquals(4, MAPPER.readTree(metadata).path("items").size(), metadata);
    String protobuf = get("ann", MAPS, "Accept: application/vnd.kubernetes.protobuf").body();
    assertTrue(protobuf.contains("green"), protobuf);
    assertFalse(protobuf.contains("blue"), protobuf);
  }

  @Test
  void singleNamesAreSeenWhereARoleGivesThoseOnly() throws Exception {
    assertEquals(List.of("blue/one", "blue/two", "red/one"), keys(list("cid", MAPS)));
  }

  @Test
  void aListOfNamespacesShowsOnesOwn() throws Exception {
    assertEquals(List.of("green", "red"), keys(list("ann", "/api/v1/namespaces")));
  }

  @Test
  void aBindingOfANamespaceShowsNothingOfTheCluster() throws Exception {
    assertEquals(200, get("fay", "/api/v1/secrets").status());
    assertEquals(403, get("fay", "/api/v1/nodes").status());
    assertEquals(403, get("fay", "/api/v1/componentstatuses").status());
    assertEquals(403, get("fay", "/apis/nothing.example.org/v1/things").status());
    assertEquals(403, server.json("fay", "DELETE", "/api/v1/configmaps", "").status());
  }

  @Test
  void reviewsTellTheTruth() throws Exception {
    Reply review =
        server.json(
            "ann",
            "POST",
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            "{'spec':{'resourceAttributes':{'verb':'list','resource':'configmaps'}}}");
    assertTrue(review.body().contains("\"allowed\":false"), review.body());
  }

  @Test
  void theAuditLogSaysWhatWasShown() throws Exception {
    assertEquals(200, get("ann", MAPS, "Audit-ID: filtered-1").status());
    String line = "";
    while (line.isEmpty()) { // written beside the answer
      Thread.onSpinWait();
      line =
          Files.readAllLines(folder.resolve("audit.log")).stream()
              .filter(each -> each.contains("\"filtered-1\"") && each.contains("ResponseComplete"))
              .findFirst()
              .orElse("");
    }
    JsonNode annotations = MAPPER.readTree(line).path("annotations");
    assertEquals("allow", annotations.path("authorization.k8s.io/decision").asText());
    assertEquals("green,red", annotations.path("sallyport.dev/filtered-list").asText());
  }

  @Test
  void whoMayListButNotWatchGetsListsOnly() throws Exception {
    bind("red", "eve", "lists", true);
    assertEquals(List.of("red/one", "red/two"), keys(list("eve", MAPS)));
    assertEquals(403, get("eve", MAPS + "&watch=1").status());
  }

  @Test
  void aWatchFollowsTheBindings() throws Exception {
    bind("red", "dan", "reads", true);
    String version = list("dan", MAPS).at("/metadata/resourceVersion").asText();
    String from = MAPS + "&watch=1&allowWatchBookmarks=true&resourceVersion=";
    String bookmarked;
    try (LiveLine watch = server.line()) {
      watch.open(from + version, "Authorization: Bearer dan");
      map("blue", "unseen");
      map("red", "new");
      assertEquals("ADDED red/new", told(watch));

      bind("blue", "dan", "reads", true);
      assertEquals("ADDED blue/one", told(watch));
      assertEquals("ADDED blue/two", told(watch));
      assertEquals("ADDED blue/unseen", told(watch));
      JsonNode bookmark = event(watch);
      assertEquals("BOOKMARK", bookmark.path("type").asText());
      bookmarked = bookmark.at("/object/metadata/resourceVersion").asText();

      unbind("red", "dan");
      assertEquals("DELETED red/new", told(watch));
      assertEquals("DELETED red/one", told(watch));
      assertEquals("DELETED red/two", told(watch));
      assertEquals("BOOKMARK", event(watch).path("type").asText());
      assertEquals(List.of("blue/one", "blue/two", "blue/unseen"), keys(list("dan", MAPS)));

      unbind("blue", "dan");
      assertEquals("DELETED blue/one", told(watch));
      assertEquals("DELETED blue/two", told(watch));
      assertEquals("DELETED blue/unseen", told(watch));
      assertNull(watch.line());
    }
    assertEquals(403, get("dan", from + bookmarked).status());

    // Back again, but what was told by then is not what is seen now.
    bind("green", "dan", "reads", true);
    try (LiveLine watch = server.line()) {
      watch.open(from + bookmarked, "Authorization: Bearer dan");
      JsonNode only = event(watch);
      assertEquals("ERROR", only.path("type").asText());
      assertEquals(410, only.at("/object/code").asInt());
      assertNull(watch.line());
    }
    for (String name : List.of("unseen")) {
      server.json("master", "DELETE", "/api/v1/namespaces/blue/configmaps/" + name, "");
    }
    server.json("master", "DELETE", "/api/v1/namespaces/red/configmaps/new", "");
  }
}
