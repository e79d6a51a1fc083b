package dev.sallyport.resources.kinds.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RbacStrategyTest {

  private static ObjectNode tree(String json) {
    try {
      return (ObjectNode) new JsonMapper().readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String faults(KindStrategy strategy, String json) {
    ObjectNode object = tree(json);
    strategy.applyDefaults(object);
    Faults faults = new Faults();
    strategy.validate(object, faults);
    List<String> lines = faults.causes().stream().map(StatusCause::line).toList();
    return String.join("; ", lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'apiGroups':[''],'resources':['pods']} | rules[0].verbs: Required value: verbs must contain at least one value",
        "{'resources':['pods'],'verbs':['get']} | rules[0].apiGroups: Required value: resource rules must supply at least one api group",
        "{'apiGroups':[''],'verbs':['get']} | rules[0].resources: Required value: resource rules must supply at least one resource",
        "{'nonResourceURLs':['/x'],'verbs':['get']} | rules[0].nonResourceURLs: Invalid value: [\"/x\"]: namespaced rules cannot apply to non-resource URLs",
        "{'apiGroups':[''],'resources':['pods'],'verbs':['get']} | ``",
      })
  void checksRulesOfARole(String rule, String expected) {
    assertEquals(expected, faults(new RoleStrategy(true), "{'rules':[" + rule + "]}"));
  }

  @Test
  void clusterRoleMayNamePathsButNotBesideResources() {
    RoleStrategy strategy = new RoleStrategy(false);
    assertEquals("", faults(strategy, "{'rules':[{'nonResourceURLs':['/x'],'verbs':['get']}]}"));
    assertEquals(
        "rules[0].nonResourceURLs: Invalid value: [\"/x\"]: rules cannot apply to both regular"
            + " resources and non-resource URLs",
        faults(
            strategy,
            "{'rules':[{'apiGroups':[''],'resources':['x'],'nonResourceURLs':['/x'],'verbs':['get']}]}"));
  }

  @Test
  void bindingNeedsARole() {
    assertEquals(
        "roleRef.kind: Unsupported value: \"\": supported values: \"Role\", \"ClusterRole\";"
            + " roleRef.name: Required value",
        faults(new RoleBindingStrategy(true), "{}"));
    assertEquals(
        "roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\"",
        faults(new RoleBindingStrategy(false), "{'roleRef':{'kind':'Role','name':'x'}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'kind':'User','name':'x','apiGroup':'nope'} | subjects[0].apiGroup: Unsupported value: \"nope\": supported values: \"rbac.authorization.k8s.io\"",
        "{'kind':'User','name':'x'} | ``",
        "{'kind':'ServiceAccount','name':'x'} | ``",
        "{'kind':'Robot','name':'x'} | subjects[0].kind: Unsupported value: \"Robot\": supported values: \"ServiceAccount\", \"User\", \"Group\"",
        "{'kind':'Group'} | subjects[0].name: Required value",
      })
  void checksSubjects(String subject, String expected) {
    String binding = "{'roleRef':{'kind':'ClusterRole','name':'x'},'subjects':[" + subject + "]}";
    assertEquals(expected, faults(new RoleBindingStrategy(true), binding));
  }

  @Test
  void clusterBindingOfServiceAccountNeedsItsNamespace() {
    assertEquals(
        "subjects[0].namespace: Required value",
        faults(
            new RoleBindingStrategy(false),
            "{'roleRef':{'kind':'ClusterRole','name':'x'},"
                + "'subjects':[{'kind':'ServiceAccount','name':'x'}]}"));
  }

  @Test
  void roleRefNeverChanges() {
    Faults faults = new Faults();
    new RoleBindingStrategy(true)
        .validateUpdate(
            tree(
                "{'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'view'}}"),
            tree(
                "{'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'Role','name':'reader'}}"),
            faults);
    assertEquals(
        List.of(
            "roleRef: Invalid value: {\"APIGroup\":\"rbac.authorization.k8s.io\",\"Kind\":"
                + "\"ClusterRole\",\"Name\":\"view\"}: cannot change roleRef"),
        faults.causes().stream().map(StatusCause::line).toList());
  }
}
