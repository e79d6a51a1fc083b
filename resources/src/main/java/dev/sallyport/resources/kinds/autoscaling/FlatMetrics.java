package dev.sallyport.resources.kinds.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Metrics as version 1's annotations hold them, with names and values side by side in the source,
 * against version 2's, with a metric and a target inside.
 */
final class FlatMetrics {

  private static final String TARGET = "target";
  private static final String CURRENT = "current";
  private static final String AVERAGE = "averageValue";
  private static final String UTILIZATION = "averageUtilization";

  private FlatMetrics() {}

  /** A metric of version 2 as the annotation has it. */
  static JsonNode target(JsonNode metric) {
    return changed(metric, (source, kind) -> flatten(source, kind, TARGET));
  }

  /** A current metric of version 2 as the annotation has it. */
  static JsonNode current(JsonNode metric) {
    return changed(metric, (source, kind) -> flatten(source, kind, CURRENT));
  }

  /** A metric of an annotation as version 2 has it. */
  static JsonNode fullTarget(JsonNode metric) {
    return changed(metric, (source, kind) -> fill(source, kind, TARGET));
  }

  /** A current metric of an annotation as version 2 has it. */
  static JsonNode fullCurrent(JsonNode metric) {
    return changed(metric, (source, kind) -> fill(source, kind, CURRENT));
  }

  private interface Change {
    void apply(ObjectNode source, String kind);
  }

  private static JsonNode changed(JsonNode metric, Change change) {
    JsonNode copy = metric.deepCopy();
    for (Map.Entry<String, JsonNode> member : copy.properties()) {
      if (member.getValue() instanceof ObjectNode source) {
        change.apply(source, member.getKey());
      }
    }
    return copy;
  }

  private static void flatten(ObjectNode source, String kind, String side) {
    JsonNode values = source.remove(side);
    JsonNode identifier = source.remove("metric");
    if (identifier != null) {
      put(source, "metricName", identifier.get("name"));
      put(source, selector(kind), identifier.get("selector"));
    }
    put(source, TARGET, source.remove("describedObject"));
    if (values != null) {
      put(source, side + "AverageUtilization", values.get(UTILIZATION));
      put(source, side + "Value", values.get("value"));
      put(source, average(kind, side), values.get(AVERAGE));
    }
  }

  private static void fill(ObjectNode source, String kind, String side) {
    if (source.has("metricName")) {
      ObjectNode identifier = source.objectNode();
      put(identifier, "name", source.remove("metricName"));
      put(identifier, "selector", source.remove(selector(kind)));
      source.set("metric", identifier);
    }
    if (kind.equals("object")) {
      put(source, "describedObject", source.remove(TARGET));
    }
    ObjectNode values = source.objectNode();
    put(values, UTILIZATION, source.remove(side + "AverageUtilization"));
    put(values, "value", source.remove(side + "Value"));
    put(values, AVERAGE, source.remove(average(kind, side)));
    if (side.equals(TARGET)) {
      values.put("type", type(values));
    }
    source.set(side, values);
  }

  private static String type(ObjectNode values) {
    if (values.has(UTILIZATION)) {
      return "Utilization";
    }
    return values.has(AVERAGE) ? "AverageValue" : "Value";
  }

  private static String selector(String kind) {
    return kind.equals("external") ? "metricSelector" : "selector";
  }

  private static String average(String kind, String side) {
    return kind.equals("object") ? AVERAGE : side + "AverageValue";
  }

  private static void put(ObjectNode object, String member, @Nullable JsonNode value) {
    if (value != null) {
      object.set(member, value);
    }
  }
}
