package dev.sallyport.resources.kinds.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.kinds.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * HorizontalPodAutoscalers of autoscaling/v1 and v2. Version 1 knows one metric, the CPU; the
 * others travel through it as JSON in annotations and come back unharmed.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/labels-annotations-taints/#autoscaling-alpha-kubernetes-io-metrics">The
 *     annotations</a>
 */
final class AutoscalerConversion {

  private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
  private static final String METRICS = "metrics";
  private static final String CURRENT = "current-metrics";
  private static final String UTILIZATION = "averageUtilization";

  private AutoscalerConversion() {}

  static void convert(ObjectNode autoscaler, GroupVersionKind to) {
    if (to.version().equals("v1")) {
      toFirst(autoscaler);
    } else {
      toSecond(autoscaler);
    }
  }

  private static void toFirst(ObjectNode autoscaler) {
    if (autoscaler.get("spec") instanceof ObjectNode spec) {
      ArrayNode others = spec.arrayNode();
      for (JsonNode metric : listed(spec.remove("metrics"))) {
        JsonNode target = metric.path("resource").path("target").path(UTILIZATION);
        // A second one about the CPU has no place either.
        if (isCpu(metric) && target.isNumber() && !spec.has("targetCPUUtilizationPercentage")) {
          spec.set("targetCPUUtilizationPercentage", target);
        } else {
          others.add(FlatMetrics.target(metric));
        }
      }
      keep(autoscaler, METRICS, others);
      keep(autoscaler, "behavior", spec.remove("behavior"));
    }
    if (autoscaler.get("status") instanceof ObjectNode status) {
      statusToFirst(autoscaler, status);
    }
  }

  private static void statusToFirst(ObjectNode autoscaler, ObjectNode status) {
    ArrayNode all = status.arrayNode();
    for (JsonNode metric : listed(status.remove("currentMetrics"))) {
      JsonNode current = metric.path("resource").path("current").path(UTILIZATION);
      if (isCpu(metric) && current.isNumber()) {
        status.set("currentCPUUtilizationPercentage", current);
      }
      // The CPU's too, for its raw value has no other place.
      all.add(FlatMetrics.current(metric));
    }
    keep(autoscaler, CURRENT, all);
    keep(autoscaler, "conditions", status.remove("conditions"));
  }

  private static Iterable<JsonNode> listed(@Nullable JsonNode list) {
    return list == null ? MissingNode.getInstance() : list;
  }

  private static boolean isCpu(JsonNode metric) {
    return metric.path("type").asText().equals("Resource")
        && metric.path("resource").path("name").asText().equals("cpu");
  }

  private static void keep(ObjectNode autoscaler, String name, @Nullable JsonNode value) {
    if (value != null && !value.isEmpty()) {
      autoscaler
          .withObjectProperty("metadata")
          .withObjectProperty("annotations")
          .put(PREFIX + name, value.toString());
    }
  }

  private static void toSecond(ObjectNode autoscaler) {
    ObjectNode spec = autoscaler.withObjectProperty("spec");
    ArrayNode metrics = spec.arrayNode();
    taken(autoscaler, METRICS).forEach(metric -> metrics.add(FlatMetrics.fullTarget(metric)));
    JsonNode target = spec.remove("targetCPUUtilizationPercentage");
    if (target != null) {
      ObjectNode resource = metrics.addObject().put("type", "Resource").putObject("resource");
      resource.put("name", "cpu");
      resource.putObject("target").put("type", "Utilization").set(UTILIZATION, target);
    }
    if (!metrics.isEmpty()) {
      spec.set("metrics", metrics);
    }
    JsonNode behavior = taken(autoscaler, "behavior");
    if (behavior.isObject()) {
      spec.set("behavior", behavior);
    }
    if (autoscaler.get("status") instanceof ObjectNode status) {
      statusToSecond(autoscaler, status);
    }
  }

  private static void statusToSecond(ObjectNode autoscaler, ObjectNode status) {
    ArrayNode metrics = status.arrayNode();
    taken(autoscaler, CURRENT).forEach(metric -> metrics.add(FlatMetrics.fullCurrent(metric)));
    JsonNode current = status.remove("currentCPUUtilizationPercentage");
    if (current != null && metrics.isEmpty()) {
      ObjectNode resource = metrics.addObject().put("type", "Resource").putObject("resource");
      resource.put("name", "cpu");
      resource.putObject("current").set(UTILIZATION, current);
    }
    if (!metrics.isEmpty()) {
      status.set("currentMetrics", metrics);
    }
    JsonNode conditions = taken(autoscaler, "conditions");
    if (conditions.isArray()) {
      status.set("conditions", conditions);
    }
  }

  /** What an annotation carries, taken out of it; missing when there is none or it is no JSON. */
  private static JsonNode taken(ObjectNode autoscaler, String name) {
    if (autoscaler.path("metadata").get("annotations") instanceof ObjectNode annotations) {
      JsonNode text = annotations.remove(PREFIX + name);
      if (text != null) {
        return JsonText.parse(text.asText());
      }
    }
    return MissingNode.getInstance();
  }
}
