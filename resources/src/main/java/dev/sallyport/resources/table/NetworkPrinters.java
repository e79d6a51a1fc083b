package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Services and what carries traffic to them. */
final class NetworkPrinters {

  private static final String NETWORKING = "networking.k8s.io";

  /** How many addresses are written out before the rest is counted. */
  private static final int SHOWN = 3;

  private NetworkPrinters() {}

  static void register(Printers printers) {
    printers.add("", "Service", service());
    printers.add("", "Endpoints", endpoints());
    printers.add("discovery.k8s.io", "EndpointSlice", endpointSlice());
    printers.add(NETWORKING, "Ingress", ingress());
    printers.add(NETWORKING, "IngressClass", ingressClass());
    printers.add(NETWORKING, "NetworkPolicy", networkPolicy());
    printers.add(NETWORKING, "ServiceCIDR", serviceCidr());
    printers.add(NETWORKING, "IPAddress", ipAddress());
  }

  private static Printer service() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Type", "How the service is reached"),
            Column.text("Cluster-IP", "The address inside the cluster"),
            Column.text("External-IP", "The addresses from outside"),
            Column.text("Port(s)", "The ports, with their node ports and protocols"),
            Column.AGE,
            Column.wide("Selector", "Which pods serve it")),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          cells
              .text(Printer.name(object))
              .text(spec.path("type").asText())
              .textOrNone(spec.path("clusterIP").asText())
              .text(external(object))
              .textOrNone(ports(spec.path("ports")))
              .age(Printer.created(object))
              .text(Texts.labels(spec.path("selector")));
        });
  }

  private static String external(JsonNode service) {
    JsonNode spec = service.path("spec");
    StringBuilder text = new StringBuilder();
    switch (spec.path("type").asText()) {
      case "ExternalName" -> text.append(spec.path("externalName").asText());
      case "LoadBalancer" -> {
        for (JsonNode ingress : service.path("status").path("loadBalancer").path("ingress")) {
          Texts.append(text, ingress.path("ip").asText(ingress.path("hostname").asText()));
        }
        if (text.isEmpty() && spec.path("externalIPs").isEmpty()) {
          return "<pending>";
        }
      }
      default -> {}
    }
    for (JsonNode address : spec.path("externalIPs")) {
      Texts.append(text, address.asText());
    }
    return text.isEmpty() ? Cells.NONE : text.toString();
  }

  private static String ports(JsonNode ports) {
    StringBuilder text = new StringBuilder();
    for (JsonNode port : ports) {
      String number = port.path("port").asText();
      if (port.path("nodePort").asInt() > 0) {
        number += ":" + port.path("nodePort").asInt();
      }
      Texts.append(text, number + "/" + port.path("protocol").asText("TCP"));
    }
    return text.toString();
  }

  private static Printer endpoints() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Endpoints", "The addresses and ports behind the service"),
            Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .textOrNone(addresses(object.path("subsets")))
                .age(Printer.created(object)));
  }

  private static String addresses(JsonNode subsets) {
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (JsonNode subset : subsets) {
      for (JsonNode port : subset.path("ports")) {
        for (JsonNode address : subset.path("addresses")) {
          if (count++ < SHOWN) {
            Texts.append(text, address.path("ip").asText() + ":" + port.path("port").asText());
          }
        }
      }
    }
    return count > SHOWN ? text + " + " + (count - SHOWN) + " more..." : text.toString();
  }

  private static Printer endpointSlice() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("AddressType", "IPv4, IPv6 or FQDN"),
            Column.text("Ports", "The ports of the endpoints"),
            Column.text("Endpoints", "The addresses of the endpoints"),
            Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .text(object.path("addressType").asText())
                .text(slicePorts(object.path("ports")))
                .text(sliceAddresses(object.path("endpoints")))
                .age(Printer.created(object)));
  }

  private static String slicePorts(JsonNode ports) {
    String text = shown(ports, "port");
    return text.isEmpty() ? "<unset>" : text;
  }

  private static String sliceAddresses(JsonNode endpoints) {
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (JsonNode endpoint : endpoints) {
      for (JsonNode address : endpoint.path("addresses")) {
        if (count++ < SHOWN) {
          Texts.append(text, address.asText());
        }
      }
    }
    if (count == 0) {
      return "<unset>";
    }
    return count > SHOWN ? text + " + " + (count - SHOWN) + " more..." : text.toString();
  }

  private static String shown(JsonNode list, String member) {
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (JsonNode one : list) {
      if (count++ < SHOWN) {
        Texts.append(text, one.path(member).asText("*"));
      }
    }
    return count > SHOWN ? text + " + " + (count - SHOWN) + " more..." : text.toString();
  }

  private static Printer ingress() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Class", "Which controller serves it"),
            Column.text("Hosts", "The hosts it routes"),
            Column.text("Address", "Where it is reached"),
            Column.text("Ports", "The ports it listens on"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          StringBuilder addresses = new StringBuilder();
          for (JsonNode one : object.path("status").path("loadBalancer").path("ingress")) {
            Texts.append(addresses, one.path("ip").asText(one.path("hostname").asText()));
          }
          cells
              .text(Printer.name(object))
              .textOrNone(spec.path("ingressClassName").asText())
              .text(hosts(spec.path("rules")))
              .text(addresses.toString())
              .text(spec.path("tls").isEmpty() ? "80" : "80, 443")
              .age(Printer.created(object));
        });
  }

  private static String hosts(JsonNode rules) {
    String text = shown(rules, "host");
    return text.isEmpty() ? "*" : text;
  }

  private static Printer ingressClass() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Controller", "Who serves ingresses of this class"),
            Column.text("Parameters", "Where its parameters are"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          JsonNode parameters = spec.path("parameters");
          String kind = parameters.path("kind").asText();
          String group = parameters.path("apiGroup").asText();
          String shown =
              parameters.isMissingNode()
                  ? Cells.NONE
                  : kind
                      + (group.isEmpty() ? "" : "." + group)
                      + "/"
                      + parameters.path("name").asText();
          cells
              .text(Printer.name(object))
              .text(spec.path("controller").asText())
              .text(shown)
              .age(Printer.created(object));
        });
  }

  private static Printer networkPolicy() {
    return new Printer(
        List.of(Column.NAME, Column.text("Pod-Selector", "Which pods it is about"), Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .text(Texts.selector(object.path("spec").path("podSelector")))
                .age(Printer.created(object)));
  }

  private static Printer serviceCidr() {
    return new Printer(
        List.of(Column.NAME, Column.text("CIDRs", "Ranges of services' addresses"), Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .text(Texts.join(object.path("spec").path("cidrs"), ""))
                .age(Printer.created(object)));
  }

  private static Printer ipAddress() {
    return new Printer(
        List.of(Column.NAME, Column.text("ParentRef", "Who uses the address"), Column.AGE),
        (object, cells) -> {
          JsonNode parent = object.path("spec").path("parentRef");
          StringBuilder text = new StringBuilder();
          for (String part : new String[] {"group", "resource", "namespace", "name"}) {
            String value = parent.path(part).asText();
            if (!value.isEmpty()) {
              text.append(text.isEmpty() ? "" : "/").append(value);
            }
          }
          cells.text(Printer.name(object)).textOrNone(text.toString()).age(Printer.created(object));
        });
  }
}
