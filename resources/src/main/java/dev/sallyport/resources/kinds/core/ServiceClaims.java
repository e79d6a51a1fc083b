package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which addresses, families and ports one write of a service needs. */
final class ServiceClaims {

  private final ObjectNode service;
  private final ObjectNode spec;
  private final ServiceNetwork.Taking taking;
  private final Faults faults = new Faults();

  ServiceClaims(ObjectNode service, ServiceNetwork.Taking taking) {
    this.service = service;
    this.spec = service.withObjectProperty("spec");
    this.taking = taking;
  }

  void take() {
    if (!ServiceShape.type(spec).equals("ExternalName")) {
      families();
      refuse();
      addresses();
    }
    ports();
    refuse();
  }

  private void refuse() {
    if (!faults.none()) {
      throw new StatusException(
          Status.invalid(
              "", "Service", service.path("metadata").path("name").asText(), faults.causes()));
    }
  }

  /** Which families the service has, by what it says itself and what there is. */
  private void families() {
    boolean anywhere = ServiceShape.isHeadless(spec) && spec.path("selector").isEmpty();
    if (spec.path("ipFamilyPolicy").asText().isEmpty()) {
      spec.put("ipFamilyPolicy", anywhere ? "RequireDualStack" : "SingleStack");
    }
    Field field = Field.root(service, faults).at("spec");
    ServiceRules.families(field);
    refuse();
    String policy = spec.path("ipFamilyPolicy").asText();
    single(field, policy);
    ArrayNode families = spec.withArrayProperty("ipFamilies");
    inferred(field, families);
    refuse();
    List<String> served = taking.families();
    if (!anywhere) {
      served(field, policy, families, served);
      refuse();
    }
    if (families.isEmpty()) {
      families.add(served.get(0));
    }
    boolean second = anywhere || served.size() > 1;
    if (!policy.equals("SingleStack") && families.size() == 1 && second) {
      families.add(families.get(0).asText().equals("IPv4") ? "IPv6" : "IPv4");
    }
  }

  private static void single(Field field, String policy) {
    if (!policy.equals("SingleStack")) {
      return;
    }
    String must = "must be 'RequireDualStack' or 'PreferDualStack' when multiple ";
    if (field.at("clusterIPs").size() == 2) {
      field.at("ipFamilyPolicy").invalid(must + "cluster IPs are specified");
    }
    if (field.at("ipFamilies").size() == 2) {
      field.at("ipFamilyPolicy").invalid(must + "IP families are specified");
    }
  }

  private void inferred(Field field, ArrayNode families) {
    JsonNode addresses = spec.path("clusterIPs");
    for (int i = families.size(); i < addresses.size(); i++) {
      String address = addresses.get(i).asText();
      if (address.equals("None")) {
        return;
      }
      String family = address.indexOf(':') >= 0 ? "IPv6" : "IPv4";
      if (taking.families().contains(family)) {
        families.add(family);
      } else {
        field
            .at("clusterIPs")
            .item(i)
            .with(addresses)
            .invalid(family + " is not configured on this cluster");
      }
    }
  }

  private static void served(Field field, String policy, ArrayNode families, List<String> served) {
    if (policy.equals("RequireDualStack") && served.size() < 2) {
      field.at("ipFamilyPolicy").invalid("this cluster is not configured for dual-stack services");
    }
    for (int i = 0; i < families.size(); i++) {
      if (!served.contains(families.get(i).asText())) {
        field.at("ipFamilies").item(i).invalid("not configured on this cluster");
      }
    }
  }

  private void addresses() {
    if (ServiceShape.isHeadless(spec)) {
      return;
    }
    ArrayNode addresses = spec.withArrayProperty("clusterIPs");
    JsonNode families = spec.path("ipFamilies");
    Field field = Field.root(service, faults).at("spec", "clusterIPs");
    for (int i = 0; i < families.size(); i++) {
      String wanted = i < addresses.size() ? addresses.get(i).asText() : "";
      if (wanted.isEmpty()) {
        String next = taking.nextAddress(families.get(i).asText());
        if (next == null) {
          throw new StatusException(full("failed to allocate a serviceIP: range is full"));
        }
        if (i < addresses.size()) {
          addresses.set(i, addresses.textNode(next));
        } else {
          addresses.add(next);
        }
      } else {
        String why = taking.address(wanted);
        if (!why.isEmpty()) {
          field.invalid("failed to allocate IP " + wanted + ": " + why);
          refuse();
        }
      }
    }
    spec.set("clusterIP", addresses.get(0));
  }

  private void ports() {
    if (ServiceShape.needsNodePorts(spec)) {
      nodePorts(spec.path("ports"));
    }
    if (ServiceShape.needsHealthCheck(spec)) {
      int wanted = spec.path("healthCheckNodePort").asInt();
      if (wanted == 0) {
        spec.put("healthCheckNodePort", anyPort());
      } else {
        named(Field.root(service, faults).at("spec", "healthCheckNodePort"), wanted);
      }
    }
  }

  private void nodePorts(JsonNode ports) {
    Field field = Field.root(service, faults).at("spec", "ports");
    // Those that are named come first: none of them shall go to one that takes any.
    for (int i = 0; i < ports.size(); i++) {
      int wanted = ports.get(i).path("nodePort").asInt();
      if (wanted != 0) {
        named(field.item(i).at("nodePort"), wanted);
      }
    }
    refuse();
    // A port that is served by two protocols has one number on the nodes.
    Map<Integer, Integer> byPort = new HashMap<>();
    for (JsonNode port : ports) {
      int number = port.path("nodePort").asInt();
      if (number != 0) {
        byPort.putIfAbsent(port.path("port").asInt(), number);
      }
    }
    for (JsonNode port : ports) {
      if (port.path("nodePort").asInt() == 0) {
        int number = byPort.computeIfAbsent(port.path("port").asInt(), any -> anyPort());
        ((ObjectNode) port).put("nodePort", number);
      }
    }
  }

  private void named(Field field, int wanted) {
    String why = taking.port(wanted);
    if (!why.isEmpty()) {
      field.invalid(why);
    }
  }

  private int anyPort() {
    int port = taking.nextPort();
    if (port == 0) {
      throw new StatusException(full("failed to allocate a nodePort: range is full"));
    }
    return port;
  }

  private static Status full(String why) {
    return new Status(500, Reason.INTERNAL_ERROR, "Internal error occurred: " + why, null);
  }
}
