package dev.sallyport.resources.kinds.flowcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.kinds.KindFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowControlKindsTest {

  private final KindFixture kinds = new KindFixture();

  @AfterEach
  void close() {
    kinds.close();
  }

  private static String schema(String spec) {
    return "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: f}, spec: "
        + spec
        + "}";
  }

  private static String level(String spec) {
    return "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata:"
        + " {name: l}, spec: "
        + spec
        + "}";
  }

  @Test
  void schemaGetsAPrecedence() {
    JsonNode made = kinds.create(schema("{priorityLevelConfiguration: {name: l}}"));
    assertEquals(1000, made.path("spec").path("matchingPrecedence").asInt());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "priorityLevelConfiguration: {} | spec.priorityLevelConfiguration.name: Required value: must reference a priority level",
        "matchingPrecedence: 20000 | spec.matchingPrecedence: Invalid value: 20000: must not be greater than 10000",
        "matchingPrecedence: 1 | spec.matchingPrecedence: Invalid value: 1: only the schema named 'exempt' may have matchingPrecedence 1",
        "distinguisherMethod: {type: ByMood} | spec.distinguisherMethod.type: Unsupported value: \"ByMood\": supported values: \"ByNamespace\", \"ByUser\"",
        "rules: [{subjects: [{kind: User, user: {name: a}}]}] | spec.rules[0]: Required value: at least one of resourceRules and nonResourceRules has to be non-empty",
        "rules: [{subjects: [{kind: Robot}], nonResourceRules: [{verbs: ['*'], nonResourceURLs: ['*']}]}] | spec.rules[0].subjects[0].kind: Unsupported value: \"Robot\": supported values: \"Group\", \"ServiceAccount\", \"User\"",
      })
  void checksSchemas(String field, String fault) {
    String level = field.startsWith("priority") ? "" : ", priorityLevelConfiguration: {name: l}";
    assertEquals(fault, kinds.refused(schema("{" + field + level + "}")));
  }

  @Test
  void levelGetsItsDefaults() {
    JsonNode limited =
        kinds
            .create(level("{type: Limited, limited: {limitResponse: {type: Queue, queuing: {}}}}"))
            .path("spec")
            .path("limited");
    assertEquals(30, limited.path("nominalConcurrencyShares").asInt());
    assertEquals(0, limited.path("lendablePercent").asInt(-1));
    assertEquals(
        "{\"queues\":64,\"handSize\":8,\"queueLengthLimit\":50}",
        limited.path("limitResponse").path("queuing").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type: Odd | spec.type: Unsupported value: \"Odd\": supported values: \"Exempt\", \"Limited\"",
        "type: Limited | spec.limited: Required value: must not be empty when type is Limited",
        "{}type: Limited, limited: {limitResponse: {type: Wait}} | spec.limited.limitResponse.type: Unsupported value: \"Wait\": supported values: \"Queue\", \"Reject\"",
        "{}type: Limited, limited: {limitResponse: {type: Queue, queuing: {queues: 4}}} | spec.limited.limitResponse.queuing.handSize: Invalid value: 8: should not be greater than queues (4)",
      })
  void checksLevels(String spec, String fault) {
    assertEquals(fault, kinds.refused(level("{" + spec.replace("{}", "") + "}")));
  }
}
