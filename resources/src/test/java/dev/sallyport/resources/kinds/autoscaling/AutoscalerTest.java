package dev.sallyport.resources.kinds.autoscaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoscalerTest {

  private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";

  private final KindFixture kinds = new KindFixture();

  @AfterEach
  void close() {
    kinds.close();
  }

  private static String autoscaler(String version, String more) {
    return "{apiVersion: autoscaling/%s, kind: HorizontalPodAutoscaler, metadata: {name: web}, spec:"
            .formatted(version)
        + " {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 5"
        + (more.isEmpty() ? "" : ", " + more)
        + "}}";
  }

  @Test
  void watchesTheCpuUnlessToldOtherwise() {
    JsonNode spec = kinds.create(autoscaler("v2", "")).path("spec");
    assertEquals(1, spec.path("minReplicas").asInt());
    assertEquals(
        "[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\","
            + "\"averageUtilization\":80}}}]",
        spec.path("metrics").toString());
    assertFalse(spec.has("behavior"));
  }

  @Test
  void firstVersionShowsTheCpuAlone() {
    kinds.create(autoscaler("v1", ""));
    JsonNode first = kinds.get("autoscaling/v1/horizontalpodautoscalers/web");
    assertEquals(80, first.path("spec").path("targetCPUUtilizationPercentage").asInt());
    assertFalse(first.path("metadata").has("annotations"));
  }

  @Test
  void behaviorIsWrittenOut() {
    JsonNode behavior =
        kinds
            .create(autoscaler("v2", "behavior: {scaleDown: {stabilizationWindowSeconds: 60}}"))
            .path("spec")
            .path("behavior");
    assertEquals(
        "{\"selectPolicy\":\"Max\",\"policies\":[{\"type\":\"Pods\",\"value\":4,\"periodSeconds\":15},"
            + "{\"type\":\"Percent\",\"value\":100,\"periodSeconds\":15}],"
            + "\"stabilizationWindowSeconds\":0}",
        behavior.path("scaleUp").toString());
    assertEquals(60, behavior.path("scaleDown").path("stabilizationWindowSeconds").asInt());
    assertEquals(1, behavior.path("scaleDown").path("policies").size());
  }

  @Test
  void everyMetricComesBackFromTheFirstVersion() {
    String metrics =
        "metrics: [{type: Object, object: {describedObject: {kind: Service, name: s}, metric: {name:"
            + " hits, selector: {matchLabels: {a: b}}}, target: {type: Value, value: 2k}}}, {type:"
            + " Pods, pods: {metric: {name: p}, target: {type: AverageValue, averageValue: '5'}}},"
            + " {type: External, external: {metric: {name: q, selector: {matchLabels: {x: z}}},"
            + " target: {type: AverageValue, averageValue: '30'}}}, {type: ContainerResource,"
            + " containerResource: {name: memory, container: c, target: {type: Utilization,"
            + " averageUtilization: 60}}}, {type: Resource, resource: {name: cpu, target: {type:"
            + " Utilization, averageUtilization: 50}}}], behavior: {scaleUp: {selectPolicy: Min}}";
    JsonNode before = kinds.create(autoscaler("v2", metrics)).path("spec");
    String v1 = "autoscaling/v1/horizontalpodautoscalers/web";
    ObjectNode first = kinds.get(v1);
    assertEquals(50, first.path("spec").path("targetCPUUtilizationPercentage").asInt());
    String carried = first.path("metadata").path("annotations").path(PREFIX + "metrics").asText();
    assertEquals(
        true,
        carried.startsWith(
            "[{\"type\":\"Object\",\"object\":{\"metricName\":\"hits\",\"selector\":"),
        carried);
    kinds.patch(v1, "{'spec':{'maxReplicas':6}}");
    JsonNode after = kinds.get("autoscaling/v2/horizontalpodautoscalers/web");
    assertEquals(6, after.path("spec").path("maxReplicas").asInt());
    assertEquals(before.path("metrics"), after.path("spec").path("metrics"));
    assertEquals(before.path("behavior"), after.path("spec").path("behavior"));
    assertFalse(after.path("metadata").has("annotations"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "minReplicas: 0 | spec.minReplicas: Invalid value: 0: must be greater than or equal to 1",
        "minReplicas: 6 | spec.maxReplicas: Invalid value: 5: must be greater than or equal to `minReplicas`",
        "metrics: [{type: Odd}] | spec.metrics[0].type: Unsupported value: \"Odd\": supported values: \"ContainerResource\", \"External\", \"Object\", \"Pods\", \"Resource\"",
        "metrics: [{type: Pods}] | spec.metrics[0].pods: Required value: must populate information for the given metric source",
        "metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization}}}] | spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization",
        "metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 0}}}] | spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0",
        "behavior: {scaleUp: {stabilizationWindowSeconds: 4000}} | spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 4000: must be less than or equal to 3600",
        "behavior: {scaleUp: {policies: [{type: Pods, value: 0, periodSeconds: 1}]}} | spec.behavior.scaleUp.policies[0].value: Invalid value: 0: must be greater than zero",
      })
  void checksAutoscalers(String more, String fault) {
    assertEquals(fault, kinds.refused(autoscaler("v2", more)));
  }
}
