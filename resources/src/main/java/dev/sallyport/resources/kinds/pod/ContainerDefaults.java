package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What containers of all three sorts say when they say nothing. */
final class ContainerDefaults {

  private ContainerDefaults() {}

  static void apply(ObjectNode container) {
    PodDefaults.text(
        container, "imagePullPolicy", ImageTag.pullPolicy(container.path("image").asText()));
    PodDefaults.text(container, "terminationMessagePath", "/dev/termination-log");
    PodDefaults.text(container, "terminationMessagePolicy", "File");
    for (JsonNode port : container.path("ports")) {
      PodDefaults.text((ObjectNode) port, "protocol", "TCP");
    }
    for (JsonNode variable : container.path("env")) {
      fieldVersion(variable.path("valueFrom").path("fieldRef"));
    }
    for (String probe : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
      if (container.path(probe) instanceof ObjectNode there) {
        probe(there);
      }
    }
    handler(container.path("lifecycle").path("postStart"));
    handler(container.path("lifecycle").path("preStop"));
  }

  private static void probe(ObjectNode probe) {
    PodDefaults.number(probe, "timeoutSeconds", 1, true);
    PodDefaults.number(probe, "periodSeconds", 10, true);
    PodDefaults.number(probe, "successThreshold", 1, true);
    PodDefaults.number(probe, "failureThreshold", 3, true);
    handler(probe);
    if (probe.path("grpc") instanceof ObjectNode grpc && !grpc.has("service")) {
      grpc.put("service", "");
    }
  }

  private static void handler(JsonNode handler) {
    if (handler.path("httpGet") instanceof ObjectNode http) {
      PodDefaults.text(http, "path", "/");
      PodDefaults.text(http, "scheme", "HTTP");
    }
  }

  /** A reference to a field of the pod is one to its first version. */
  static void fieldVersion(JsonNode reference) {
    if (reference instanceof ObjectNode there) {
      PodDefaults.text(there, "apiVersion", "v1");
    }
  }
}
