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
 */
final class AutoscalerConversion {

  private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";

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
      JsonNode metrics = spec.remove("metrics");
      if (metrics != null) {
        for (JsonNode metric : metrics) {
          JsonNode target = metric.path("resource").path("target").path("averageUtilization");
          if (isCpu(metric) && target.isNumber()) {
            spec.set("targetCPUUtilizationPercentage", target);
          } else {
            others.add(metric);
          }
        }
      }
      keep(autoscaler, "metrics", others.isEmpty() ? null : others);
      keep(autoscaler, "behavior", spec.remove("behavior"));
    }
    if (autoscaler.get("status") instanceof ObjectNode status) {
      ArrayNode others = status.arrayNode();
      JsonNode metrics = status.remove("currentMetrics");
      if (metrics != null) {
        for (JsonNode metric : metrics) {
          JsonNode current = metric.path("resource").path("current").path("averageUtilization");
          if (isCpu(metric) && current.isNumber()) {
            status.set("currentCPUUtilizationPercentage", current);
          } else {
            others.add(metric);
          }
        }
      }
      keep(autoscaler, "current-metrics", others.isEmpty() ? null : others);
      keep(autoscaler, "conditions", status.remove("conditions"));
    }
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
    addAll(metrics, taken(autoscaler, "metrics"));
    JsonNode target = spec.remove("targetCPUUtilizationPercentage");
    if (target != null) {
      ObjectNode resource = metrics.addObject().put("type", "Resource").putObject("resource");
      resource.put("name", "cpu");
      resource.putObject("target").put("type", "Utilization").set("averageUtilization", target);
    }
    if (!metrics.isEmpty()) {
      spec.set("metrics", metrics);
    }
    JsonNode behavior = taken(autoscaler, "behavior");
    if (!behavior.isMissingNode()) {
      spec.set("behavior", behavior);
    }
    if (autoscaler.get("status") instanceof ObjectNode status) {
      statusToSecond(autoscaler, status);
    }
  }

  private static void statusToSecond(ObjectNode autoscaler, ObjectNode status) {
    ArrayNode metrics = status.arrayNode();
    addAll(metrics, taken(autoscaler, "current-metrics"));
    JsonNode current = status.remove("currentCPUUtilizationPercentage");
    if (current != null) {
      ObjectNode resource = metrics.addObject().put("type", "Resource").putObject("resource");
      resource.put("name", "cpu");
      resource.putObject("current").set("averageUtilization", current);
    }
    if (!metrics.isEmpty()) {
      status.set("currentMetrics", metrics);
    }
    JsonNode conditions = taken(autoscaler, "conditions");
    if (!conditions.isMissingNode()) {
      status.set("conditions", conditions);
    }
  }

  private static void addAll(ArrayNode list, JsonNode values) {
    for (JsonNode value : values) {
      list.add(value);
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
