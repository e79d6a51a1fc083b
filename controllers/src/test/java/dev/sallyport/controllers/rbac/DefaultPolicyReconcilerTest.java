package dev.sallyport.controllers.rbac;

import static dev.sallyport.controllers.FakeObjects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DefaultPolicyReconcilerTest {

  private final FakeObjects objects = new FakeObjects();
  private final DefaultPolicyReconciler reconciler =
      new DefaultPolicyReconciler(objects, DefaultPolicyReconcilerTest::missingRules);

  /** Whole rules, compared as they stand. */
  private static ArrayNode missingRules(JsonNode held, JsonNode wanted) {
    ArrayNode missing = JsonNodeFactory.instance.arrayNode();
    for (JsonNode rule : wanted) {
      boolean found = false;
      for (JsonNode known : held) {
        found |= known.equals(rule);
      }
      if (!found) {
        missing.add(rule);
      }
    }
    return missing;
  }

  private void run() {
    assertTrue(reconciler.run().toCompletableFuture().isDone());
    assertFalse(reconciler.run().toCompletableFuture().isCompletedExceptionally());
    objects.writes.clear();
  }

  private void runCounting() {
    var done = reconciler.run().toCompletableFuture();
    assertTrue(done.isDone() && !done.isCompletedExceptionally());
  }

  @Test
  void createsEverythingOnceAndThenWritesNothing() {
    runCounting();
    var kinds =
        objects.writes.stream()
            .collect(Collectors.groupingBy(write -> write.split(" ")[1], Collectors.counting()));
    assertEquals(69, kinds.get("clusterroles"));
    assertEquals(7, kinds.get("roles"));
    assertEquals(7, kinds.get("rolebindings"));
    assertEquals(2, kinds.get("namespaces"));
    objects.writes.clear();
    runCounting();
    assertEquals(List.of(), objects.writes);
  }

  @Test
  void writesRolesAsTheyAreServed() {
    run();
    assertEquals(
        json(
            """
            {'kind': 'ClusterRole', 'apiVersion': 'rbac.authorization.k8s.io/v1',
             'metadata': {'name': 'cluster-admin',
               'labels': {'kubernetes.io/bootstrapping': 'rbac-defaults'},
               'annotations': {'rbac.authorization.kubernetes.io/autoupdate': 'true'}},
             'rules': [{'verbs': ['*'], 'apiGroups': ['*'], 'resources': ['*']},
                       {'verbs': ['*'], 'nonResourceURLs': ['*']}]}
            """),
        objects.read(RbacResources.CLUSTER_ROLES, "", "cluster-admin"));
    assertEquals(
        json(
            """
            {'clusterRoleSelectors':
              [{'matchLabels': {'rbac.authorization.k8s.io/aggregate-to-edit': 'true'}}]}
            """),
        objects.read(RbacResources.CLUSTER_ROLES, "", "edit").get("aggregationRule"));
    assertEquals(
        json("""
            {'subjects': [{'kind': 'ServiceAccount', 'namespace': 'kube-system',
                           'name': 'token-cleaner'}]}
            """)
            .get("subjects"),
        objects
            .read(RbacResources.ROLE_BINDINGS, "kube-system", "system:controller:token-cleaner")
            .get("subjects"));
  }

  private ObjectNode edit(ResourceId resource, String name) {
    return objects.read(resource, "", name);
  }

  @Test
  void addsWhatIsMissingAndKeepsWhatIsMore() {
    run();
    ObjectNode basic = edit(RbacResources.CLUSTER_ROLES, "system:basic-user");
    JsonNode before = basic.get("rules").deepCopy();
    JsonNode extra = json("{'verbs': ['get'], 'apiGroups': [''], 'resources': ['pods']}");
    ((ArrayNode) basic.get("rules")).remove(0);
    ((ArrayNode) basic.get("rules")).add(extra);
    basic.withObject("/metadata/labels").remove("kubernetes.io/bootstrapping");
    basic.withObject("/metadata/labels").put("mine", "yes");
    ObjectNode discovery = edit(RbacResources.CLUSTER_ROLE_BINDINGS, "system:discovery");
    JsonNode mine = json("{'kind': 'User', 'apiGroup': 'rbac.authorization.k8s.io', 'name': 'x'}");
    discovery.putArray("subjects").add(mine);
    runCounting();
    ObjectNode mended = objects.read(RbacResources.CLUSTER_ROLES, "", "system:basic-user");
    assertEquals(List.of(before.get(1), extra, before.get(0)), elements(mended.get("rules")));
    assertEquals("yes", mended.at("/metadata/labels/mine").asText());
    assertEquals(
        "rbac-defaults",
        mended.get("metadata").get("labels").get("kubernetes.io/bootstrapping").asText());
    JsonNode subjects =
        objects.read(RbacResources.CLUSTER_ROLE_BINDINGS, "", "system:discovery").get("subjects");
    assertEquals(List.of("x", "system:authenticated"), subjects.findValuesAsText("name"));
    assertEquals(
        List.of(
            "update clusterroles system:basic-user", "update clusterrolebindings system:discovery"),
        objects.writes);
  }

  private static List<JsonNode> elements(JsonNode array) {
    return List.copyOf(((ArrayNode) array).valueStream().toList());
  }

  @Test
  void leavesAloneWhatAsksForIt() {
    run();
    ObjectNode basic = edit(RbacResources.CLUSTER_ROLES, "system:basic-user");
    basic.putArray("rules");
    basic.withObject("/metadata/annotations").put(RbacResources.AUTOUPDATE, "false");
    runCounting();
    assertEquals(List.of(), objects.writes);
  }

  @Test
  void replacesABindingOfAnotherRole() {
    run();
    edit(RbacResources.CLUSTER_ROLE_BINDINGS, "cluster-admin")
        .withObject("/roleRef")
        .put("name", "view");
    runCounting();
    assertEquals(
        List.of(
            "delete clusterrolebindings cluster-admin", "create clusterrolebindings cluster-admin"),
        objects.writes);
  }

  @Test
  void aRoleStoredWithoutRulesGetsThem() {
    run();
    edit(RbacResources.CLUSTER_ROLES, "system:basic-user").putNull("rules");
    runCounting();
    assertEquals(
        2, objects.read(RbacResources.CLUSTER_ROLES, "", "system:basic-user").get("rules").size());
  }

  @Test
  void thePolicyWithoutAStoreHasItsAggregatesFilled() {
    var sizes =
        DefaultPolicy.objects().stream()
            .filter(object -> object.has("aggregationRule"))
            .collect(
                Collectors.toMap(
                    object -> object.at("/metadata/name").asText(),
                    object -> object.path("rules").size()));
    assertEquals(Map.of("view", 12, "edit", 27, "admin", 29), sizes);
  }
}
