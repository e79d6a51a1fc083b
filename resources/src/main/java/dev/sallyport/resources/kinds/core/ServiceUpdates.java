package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an update of a service means where it says nothing. */
final class ServiceUpdates {

  private ServiceUpdates() {}

  /** Brings the new specification in line with the old one. */
  static void carryOver(ObjectNode spec, ObjectNode old) {
    dropWithType(spec, old);
    keepGiven(spec, old);
    sameAddresses(spec, old);
    if (spec.path("ipFamilyPolicy").asText().isEmpty() && ServiceShape.needsClusterIp(spec)) {
      KindStrategy.keep("ipFamilyPolicy", spec, old);
      if (spec.path("ipFamilies").isEmpty()) {
        KindStrategy.keep("ipFamilies", spec, old);
      }
    }
    if (spec.path("ipFamilyPolicy").asText().equals("SingleStack")) {
      releaseSecond(spec, old, "clusterIPs");
      releaseSecond(spec, old, "ipFamilies");
    }
  }

  /** What the old type needed and the new one does not, unless the client means it. */
  private static void dropWithType(ObjectNode spec, ObjectNode old) {
    if (ServiceShape.type(spec).equals(ServiceShape.type(old))) {
      return;
    }
    if (ServiceShape.needsClusterIp(old) && !ServiceShape.needsClusterIp(spec)) {
      dropUnchanged(spec, old, "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");
    }
    if (ServiceShape.needsNodePorts(old) && !ServiceShape.needsNodePorts(spec)) {
      Set<Integer> before = new HashSet<>();
      old.path("ports").forEach(port -> before.add(port.path("nodePort").asInt()));
      for (JsonNode port : spec.path("ports")) {
        if (before.contains(port.path("nodePort").asInt())) {
          ((ObjectNode) port).remove("nodePort");
        }
      }
    }
    if (ServiceShape.needsHealthCheck(old) && !ServiceShape.needsHealthCheck(spec)) {
      dropUnchanged(spec, old, "healthCheckNodePort");
    }
    if (ServiceShape.type(old).equals("LoadBalancer")) {
      dropUnchanged(spec, old, "allocateLoadBalancerNodePorts", "loadBalancerClass");
    }
    if (ServiceShape.isExternal(old) && !ServiceShape.isExternal(spec)) {
      dropUnchanged(spec, old, "externalTrafficPolicy");
    }
  }

  private static void dropUnchanged(ObjectNode spec, ObjectNode old, String... members) {
    for (String member : members) {
      if (spec.path(member).equals(old.path(member))) {
        spec.remove(member);
      }
    }
  }

  /** A manifest need not name what the server gave. */
  private static void keepGiven(ObjectNode spec, ObjectNode old) {
    if (ServiceShape.needsClusterIp(spec) && ServiceShape.needsClusterIp(old)) {
      boolean named = !spec.path("clusterIP").asText().isEmpty();
      if (!named) {
        KindStrategy.keep("clusterIP", spec, old);
      }
      if (!named && spec.path("clusterIPs").isEmpty()) {
        KindStrategy.keep("clusterIPs", spec, old);
      }
    }
    if (ServiceShape.needsNodePorts(spec) && ServiceShape.needsNodePorts(old)) {
      keepPorts(spec.path("ports"), old.path("ports"));
    }
    if (ServiceShape.needsHealthCheck(spec)
        && ServiceShape.needsHealthCheck(old)
        && spec.path("healthCheckNodePort").asInt() == 0) {
      KindStrategy.keep("healthCheckNodePort", spec, old);
    }
  }

  private static void keepPorts(JsonNode ports, JsonNode old) {
    Map<String, Integer> given = new HashMap<>();
    for (JsonNode port : old) {
      given.put(place(port), port.path("nodePort").asInt());
    }
    Set<Integer> named = new HashSet<>();
    ports.forEach(port -> named.add(port.path("nodePort").asInt()));
    for (JsonNode port : ports) {
      int before = given.getOrDefault(place(port), 0);
      if (port.path("nodePort").asInt() == 0 && before != 0 && !named.contains(before)) {
        ((ObjectNode) port).put("nodePort", before);
      }
    }
  }

  private static String place(JsonNode port) {
    return port.path("protocol").asText() + "/" + port.path("port").asInt();
  }

  /** The one address and the list of addresses say the same, whichever of them the client set. */
  static void sameAddresses(ObjectNode spec, @Nullable ObjectNode old) {
    String one = spec.path("clusterIP").asText();
    JsonNode list = spec.path("clusterIPs");
    if (old == null) {
      if (!one.isEmpty() && list.isEmpty()) {
        spec.putArray("clusterIPs").add(one);
      } else if (one.isEmpty() && !list.isEmpty()) {
        spec.put("clusterIP", list.get(0).asText());
      }
      return;
    }
    boolean oneChanged = !one.equals(old.path("clusterIP").asText());
    boolean listChanged = !list.equals(old.path("clusterIPs"));
    if (oneChanged && !listChanged) {
      if (one.isEmpty()) {
        spec.remove("clusterIPs");
      } else {
        spec.putArray("clusterIPs").add(one);
      }
    } else if (listChanged && !oneChanged && !list.isEmpty()) {
      spec.put("clusterIP", list.get(0).asText());
    }
  }

  private static void releaseSecond(ObjectNode spec, ObjectNode old, String member) {
    JsonNode list = spec.path(member);
    if (list.size() > 1 && list.equals(old.path(member))) {
      spec.putArray(member).add(list.get(0).deepCopy());
    }
  }
}
