package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What pods' specifications say when they say nothing. */
final class PodDefaults {

  private static final int GRACE_SECONDS = 30;

  /** The lists of containers that a specification may have. */
  static final String[] CONTAINERS = {"containers", "initContainers", "ephemeralContainers"};

  private PodDefaults() {}

  /** What holds for pods and for templates. */
  static void spec(ObjectNode spec) {
    text(spec, "dnsPolicy", "ClusterFirst");
    text(spec, "restartPolicy", "Always");
    text(spec, "schedulerName", "default-scheduler");
    spec.withObjectProperty("securityContext");
    number(spec, "terminationGracePeriodSeconds", GRACE_SECONDS, false);
    account(spec);
    for (JsonNode volume : spec.path("volumes")) {
      VolumeDefaults.apply((ObjectNode) volume);
    }
    for (String list : CONTAINERS) {
      for (JsonNode container : spec.path(list)) {
        ContainerDefaults.apply((ObjectNode) container);
      }
    }
  }

  /** What a pod gets besides: a template leaves it open, so that later pods may differ. */
  static void pod(ObjectNode spec) {
    if (!spec.has("enableServiceLinks")) {
      spec.put("enableServiceLinks", true);
    }
    boolean host = spec.path("hostNetwork").asBoolean();
    for (String list : new String[] {"containers", "initContainers"}) {
      for (JsonNode container : spec.path(list)) {
        requests((ObjectNode) container);
        if (host) {
          hostPorts(container.path("ports"));
        }
      }
    }
  }

  /** The account has an old name besides, and both always say the same. */
  private static void account(ObjectNode spec) {
    String name = spec.path("serviceAccountName").asText();
    String account = name.isEmpty() ? spec.path("serviceAccount").asText() : name;
    if (!account.isEmpty()) {
      spec.put("serviceAccountName", account);
      spec.put("serviceAccount", account);
    }
  }

  /** What is limited and not asked for is asked for. */
  private static void requests(ObjectNode container) {
    if (!(container.path("resources").path("limits") instanceof ObjectNode limits)) {
      return;
    }
    ObjectNode requests = container.withObjectProperty("resources").withObjectProperty("requests");
    for (Map.Entry<String, JsonNode> limit : limits.properties()) {
      if (!requests.has(limit.getKey())) {
        requests.set(limit.getKey(), limit.getValue());
      }
    }
  }

  private static void hostPorts(JsonNode ports) {
    for (JsonNode port : ports) {
      number((ObjectNode) port, "hostPort", port.path("containerPort").asLong(), true);
    }
  }

  static void text(ObjectNode object, String member, String value) {
    if (object.path(member).asText().isEmpty()) {
      object.put(member, value);
    }
  }

  /**
   * @param zeroIsNone whether 0 means that nothing is said
   */
  static void number(ObjectNode object, String member, long value, boolean zeroIsNone) {
    JsonNode there = object.path(member);
    if (!there.isNumber() || (zeroIsNone && there.asLong() == 0)) {
      object.put(member, value);
    }
  }
}
