package dev.sallyport.controllers.rbac;

import static dev.sallyport.controllers.FakeObjects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.FakeObjects;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterRoleAggregatorTest {

  private final FakeObjects objects = new FakeObjects();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final ClusterRoleAggregator aggregator = new ClusterRoleAggregator(objects, tasks::add);

  @BeforeEach
  void anAggregate() {
    put("agg", "{}", "[]", "{'clusterRoleSelectors': [{'matchLabels': {'to': 'agg'}}]}");
  }

  private void put(String name, String labels, String rules, String aggregation) {
    ObjectNode role =
        json(
            "{'metadata': {'name': '"
                + name
                + "', 'labels': "
                + labels
                + "}, 'rules': "
                + rules
                + "}");
    if (!aggregation.isEmpty()) {
      role.set("aggregationRule", json(aggregation));
    }
    objects.put(RbacResources.CLUSTER_ROLES, "", role);
  }

  private static String rule(String verb) {
    return "{'verbs': ['" + verb + "'], 'apiGroups': [''], 'resources': ['pods']}";
  }

  private void settle() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private List<String> verbsOf(String name) {
    JsonNode rules = objects.read(RbacResources.CLUSTER_ROLES, "", name).get("rules");
    return ((ArrayNode) rules)
        .valueStream()
        .map(rule -> rule.path("verbs").path(0).asText())
        .toList();
  }

  @Test
  void gathersBySelectorThenNameEachRuleOnce() {
    put("zz", "{'to': 'agg'}", "[" + rule("z") + "," + rule("same") + "]", "");
    put("aa", "{'to': 'agg'}", "[" + rule("a") + "," + rule("same") + "]", "");
    put("no", "{'to': 'other'}", "[" + rule("no") + "]", "");
    aggregator.start();
    settle();
    assertEquals(List.of("a", "same", "z"), verbsOf("agg"));
  }

  @Test
  void followsChangesAndRemovals() {
    aggregator.start();
    settle();
    assertEquals(List.of(), objects.writes);
    put("part", "{'to': 'agg'}", "[" + rule("get") + "]", "");
    settle();
    assertEquals(List.of("get"), verbsOf("agg"));
    put("part", "{'to': 'agg'}", "[" + rule("list") + "]", "");
    settle();
    assertEquals(List.of("list"), verbsOf("agg"));
    put("part", "{}", "[" + rule("list") + "]", "");
    settle();
    assertEquals(List.of(), verbsOf("agg"));
    put("part", "{'to': 'agg'}", "[" + rule("list") + "]", "");
    settle();
    var deleted = objects.delete(RbacResources.CLUSTER_ROLES, "", "part", "");
    settle();
    assertEquals(List.of(), verbsOf("agg"));
    assertEquals(true, ((Answer.Now<Boolean>) deleted).value());
  }

  @Test
  void aggregatesOfAggregatesFollow() {
    put("top", "{}", "null", "{'clusterRoleSelectors': [{'matchLabels': {'to': 'top'}}]}");
    put("agg", "{'to': 'top'}", "[]", "{'clusterRoleSelectors': [{'matchLabels': {'to': 'agg'}}]}");
    aggregator.start();
    put("part", "{'to': 'agg'}", "[" + rule("get") + "]", "");
    settle();
    assertEquals(List.of("get"), verbsOf("top"));
  }

  @Test
  void rulesWrittenByHandAreReplaced() {
    put("part", "{'to': 'agg'}", "[" + rule("get") + "]", "");
    aggregator.start();
    settle();
    put(
        "agg",
        "{}",
        "[" + rule("delete") + "]",
        "{'clusterRoleSelectors': [{'matchLabels': {'to': 'agg'}}]}");
    settle();
    assertEquals(List.of("get"), verbsOf("agg"));
  }

  @Test
  void rolesThatConcernNobodyCostNoPass() {
    aggregator.start();
    settle();
    put("other", "{'to': 'nobody'}", "[" + rule("get") + "]", "");
    assertEquals(0, tasks.size());
  }

  @Test
  void selectorsKnowExpressions() {
    JsonNode labels = json("{'env': 'prod'}");
    String in = "{'matchExpressions': [{'key': 'env', 'operator': '%s', 'values': ['prod']}]}";
    assertEquals(true, LabelSelectors.matches(json(in.formatted("In")), labels));
    assertEquals(false, LabelSelectors.matches(json(in.formatted("NotIn")), labels));
    assertEquals(true, LabelSelectors.matches(json(in.formatted("NotIn")), json("{}")));
    assertEquals(true, LabelSelectors.matches(json(in.formatted("Exists")), labels));
    assertEquals(false, LabelSelectors.matches(json(in.formatted("DoesNotExist")), labels));
    assertEquals(false, LabelSelectors.matches(json(in.formatted("Like")), labels));
    assertEquals(true, LabelSelectors.matches(json("{}"), labels));
  }
}
