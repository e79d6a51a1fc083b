package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;

/** What a service is, by its specification. */
final class ServiceShape {

  private ServiceShape() {}

  static String type(JsonNode spec) {
    return spec.path("type").asText();
  }

  /** Whether it has no address: its name leads to its endpoints themselves. */
  static boolean isHeadless(JsonNode spec) {
    return spec.path("clusterIPs").path(0).asText().equals("None")
        || spec.path("clusterIP").asText().equals("None");
  }

  static boolean needsClusterIp(JsonNode spec) {
    return !type(spec).equals("ExternalName");
  }

  static boolean needsNodePorts(JsonNode spec) {
    JsonNode allocate = spec.path("allocateLoadBalancerNodePorts");
    return type(spec).equals("NodePort")
        || (type(spec).equals("LoadBalancer") && (!allocate.isBoolean() || allocate.asBoolean()));
  }

  static boolean isExternal(JsonNode spec) {
    return switch (type(spec)) {
      case "LoadBalancer", "NodePort" -> true;
      case "ClusterIP" -> !spec.path("externalIPs").isEmpty();
      default -> false;
    };
  }

  static boolean needsHealthCheck(JsonNode spec) {
    return type(spec).equals("LoadBalancer")
        && spec.path("externalTrafficPolicy").asText().equals("Local");
  }
}
