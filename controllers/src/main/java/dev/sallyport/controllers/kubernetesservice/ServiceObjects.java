package dev.sallyport.controllers.kubernetesservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * What the Service {@code kubernetes} and its endpoints say.
 *
 * @param clusterAddress the Service's own address
 * @param address where the API really listens
 * @param port the port there
 */
public record ServiceObjects(InetAddress clusterAddress, InetAddress address, int port) {
  private static final int SERVICE_PORT = 443;

  ObjectNode service() {
    ObjectNode service = object("Service", "v1");
    ObjectNode labels = service.withObjectProperty("metadata").putObject("labels");
    labels.put("component", "apiserver").put("provider", KubernetesService.NAME);
    ObjectNode spec = service.putObject("spec");
    spec.put("clusterIP", clusterAddress.getHostAddress());
    spec.putArray("clusterIPs").add(clusterAddress.getHostAddress());
    spec.put("internalTrafficPolicy", "Cluster");
    spec.putArray("ipFamilies").add(family(clusterAddress));
    spec.put("ipFamilyPolicy", "SingleStack");
    spec.putArray("ports")
        .addObject()
        .put("name", "https")
        .put("port", SERVICE_PORT)
        .put("protocol", "TCP")
        .put("targetPort", port);
    spec.put("sessionAffinity", "None").put("type", "ClusterIP");
    return service;
  }

  ObjectNode endpoints() {
    ObjectNode endpoints = object("Endpoints", "v1");
    // No controller shall copy these into a slice: we write the slice ourselves.
    endpoints
        .withObjectProperty("metadata")
        .putObject("labels")
        .put("endpointslice.kubernetes.io/skip-mirror", "true");
    ObjectNode subset = endpoints.putArray("subsets").addObject();
    subset.putArray("addresses").addObject().put("ip", address.getHostAddress());
    subset
        .putArray("ports")
        .addObject()
        .put("name", "https")
        .put("port", port)
        .put("protocol", "TCP");
    return endpoints;
  }

  ObjectNode slice() {
    ObjectNode slice = object("EndpointSlice", "discovery.k8s.io/v1");
    slice
        .withObjectProperty("metadata")
        .putObject("labels")
        .put("kubernetes.io/service-name", KubernetesService.NAME);
    slice.put("addressType", family(address));
    ObjectNode endpoint = slice.putArray("endpoints").addObject();
    endpoint.putArray("addresses").add(address.getHostAddress());
    endpoint.putObject("conditions").put("ready", true);
    slice
        .putArray("ports")
        .addObject()
        .put("name", "https")
        .put("port", port)
        .put("protocol", "TCP");
    return slice;
  }

  /**
   * The object with the labels and members that it must have. Of the Service only the port is ours
   * once it is there: its type and addresses may be somebody's choice.
   */
  static ObjectNode mend(ObjectNode current, JsonNode wanted) {
    ObjectNode object = current.deepCopy();
    wanted
        .path("metadata")
        .path("labels")
        .properties()
        .forEach(
            label ->
                object
                    .withObjectProperty("metadata")
                    .withObjectProperty("labels")
                    .set(label.getKey(), label.getValue()));
    for (String member : List.of("subsets", "endpoints", "ports")) {
      if (wanted.has(member)) {
        object.set(member, wanted.get(member).deepCopy());
      }
    }
    JsonNode ports = wanted.path("spec").path("ports");
    if (ports.isArray() && !leads(object, ports)) {
      object.withObjectProperty("spec").set("ports", ports.deepCopy());
    }
    return object;
  }

  private static boolean leads(JsonNode service, JsonNode ports) {
    JsonNode there = service.path("spec").path("ports").path(0);
    return there.path("port").equals(ports.path(0).path("port"))
        && there.path("targetPort").equals(ports.path(0).path("targetPort"));
  }

  private static String family(InetAddress address) {
    return address instanceof Inet6Address ? "IPv6" : "IPv4";
  }

  private static ObjectNode object(String kind, String apiVersion) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("kind", kind).put("apiVersion", apiVersion);
    object
        .putObject("metadata")
        .put("name", KubernetesService.NAME)
        .put("namespace", KubernetesService.NAMESPACE);
    return object;
  }
}
