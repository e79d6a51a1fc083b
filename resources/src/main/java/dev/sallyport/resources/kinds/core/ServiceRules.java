package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sallyport.resources.validation.Addresses;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import dev.sallyport.resources.validation.SpecialAddresses;
import java.util.HashSet;
import java.util.Set;

/** The rules of services, in the order in which their faults are told. */
final class ServiceRules {

  private static final int LONGEST_AFFINITY = 86_400;
  private static final String ONLY_BALANCER = "may only be used when `type` is 'LoadBalancer'";
  private static final String NOT_FOR_NAMES = "may not be set for ExternalName services";

  private ServiceRules() {}

  static void check(Field spec) {
    String type = ServiceShape.type(spec.node());
    boolean headless = ServiceShape.isHeadless(spec.node());
    if (spec.at("ports").isEmpty() && !headless && !type.equals("ExternalName")) {
      spec.at("ports").required("");
    }
    byType(spec, type, headless);
    ports(spec.at("ports"));
    spec.at("selector").labels();
    spec.at("sessionAffinity").oneOf("ClientIP", "None");
    affinity(spec);
    families(spec);
    spec.at("externalIPs").each(ServiceRules::externalAddress);
    spec.at("type").oneOf("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    if (type.equals("ClusterIP")) {
      spec.at("ports")
          .each(
              port -> {
                if (port.at("nodePort").number() != 0) {
                  port.at("nodePort").forbidden("may not be used when `type` is 'ClusterIP'");
                }
              });
    }
    duplicates(spec.at("ports"));
    balancer(spec, type);
    traffic(spec);
  }

  private static void byType(Field spec, String type, boolean headless) {
    switch (type) {
      case "LoadBalancer", "NodePort" -> {
        if (headless) {
          spec.at("clusterIPs")
              .item(0)
              .invalid("may not be set to 'None' for " + type + " services");
        }
      }
      case "ExternalName" -> {
        for (String member : new String[] {"clusterIPs", "ipFamilies", "ipFamilyPolicy"}) {
          if (!spec.at(member).isEmpty()) {
            spec.at(member).forbidden(NOT_FOR_NAMES);
          }
        }
        Field name = spec.at("externalName");
        String bare = name.text();
        if (bare.endsWith(".")) {
          bare = bare.substring(0, bare.length() - 1);
        }
        if (bare.isEmpty()) {
          name.required("");
        } else {
          name.faults().invalid(name.path(), bare, Names.subdomain(bare));
        }
      }
      default -> {}
    }
  }

  private static void ports(Field ports) {
    Set<String> names = new HashSet<>();
    ports.each(
        port -> {
          Field name = port.at("name");
          if (ports.size() > 1 && name.isEmpty()) {
            name.required("");
          } else if (!name.isEmpty()) {
            name.is(Names::label);
            if (!names.add(name.text())) {
              name.duplicate();
            }
          }
          port.at("port").port();
          port.at("protocol").oneOf("SCTP", "TCP", "UDP");
          port.at("targetPort").portOrName();
          if (port.at("appProtocol").present()) {
            port.at("appProtocol").is(Names::qualifiedName);
          }
        });
  }

  private static void affinity(Field spec) {
    Field config = spec.at("sessionAffinityConfig");
    String when = "when session affinity type is ClientIP";
    switch (spec.at("sessionAffinity").text()) {
      case "ClientIP" -> {
        Field seconds = config.at("clientIP", "timeoutSeconds");
        if (!config.present()) {
          config.required(when);
        } else if (!config.at("clientIP").present()) {
          config.at("clientIP").required(when);
        } else if (!seconds.present()) {
          seconds.required(when);
        } else if (seconds.number() <= 0 || seconds.number() > LONGEST_AFFINITY) {
          seconds.invalid("must be greater than 0 and less than " + LONGEST_AFFINITY);
        }
      }
      case "None" -> {
        if (config.present()) {
          config.forbidden("must not be set when session affinity is None");
        }
      }
      default -> {}
    }
  }

  /** The addresses, their families, and how both fit together. */
  static void families(Field spec) {
    if (ServiceShape.type(spec.node()).equals("ExternalName")) {
      return;
    }
    Field one = spec.at("clusterIP");
    Field list = spec.at("clusterIPs");
    if (one.isEmpty() && !list.isEmpty()) {
      list.invalid("must be empty when `clusterIP` is not specified");
    } else if (!one.isEmpty() && list.isEmpty()) {
      list.required("");
    } else if (!list.isEmpty() && !list.item(0).text().equals(one.text())) {
      list.invalid("first value must match `clusterIP`");
    }
    spec.at("ipFamilyPolicy").oneOfIfSet("PreferDualStack", "RequireDualStack", "SingleStack");
    familyNames(spec.at("ipFamilies"));
    addresses(list, spec.at("ipFamilies"));
  }

  private static void familyNames(Field families) {
    Set<String> seen = new HashSet<>();
    families.each(
        family -> {
          if (!family.text().equals("IPv4") && !family.text().equals("IPv6")) {
            family.unsupported("IPv4", "IPv6");
          }
          if (!seen.add(family.text())) {
            family.duplicate();
          }
        });
  }

  private static void addresses(Field list, Field families) {
    int before = list.faults().causes().size();
    boolean[] sixth = new boolean[list.size()];
    for (int i = 0; i < list.size(); i++) {
      Field address = list.item(i);
      sixth[i] = address.text().indexOf(':') >= 0;
      if (address.text().equals("None")) {
        if (list.size() > 1) {
          address.invalid("'None' must be the first and only value");
        }
      } else {
        address.ip();
      }
    }
    if (list.size() > 2) {
      list.invalid("may only hold up to 2 values");
    }
    if (list.faults().causes().size() > before || list.isEmpty()) {
      return;
    }
    if (list.size() == 2 && sixth[0] == sixth[1]) {
      list.invalid("may specify no more than one IP for each IP family");
    }
    for (int i = 0; i < Math.min(list.size(), families.size()); i++) {
      String family = families.item(i).text();
      boolean none = list.item(i).text().equals("None");
      if (!none && family.equals("IPv6") != sixth[i]) {
        list.item(i)
            .invalid("expected an " + family + " value as indicated by `ipFamilies[" + i + "]`");
      }
    }
  }

  private static void externalAddress(Field address) {
    int before = address.faults().causes().size();
    address.ip();
    if (address.faults().causes().size() == before) {
      SpecialAddresses.check(address);
    }
  }

  private static void duplicates(Field ports) {
    Set<String> onNodes = new HashSet<>();
    ports.each(
        port -> {
          Field node = port.at("nodePort");
          if (node.number() != 0 && !onNodes.add(port.at("protocol").text() + node.number())) {
            node.faults().duplicate(node.path(), node.node());
          }
        });
    Set<String> own = new HashSet<>();
    ports.each(
        port -> {
          if (!own.add(port.at("protocol").text() + "/" + port.at("port").number())) {
            port.faults().duplicate(port.path(), shown(port));
          }
        });
  }

  /** A port with the names of the internal type's fields, as clients know the text. */
  private static JsonNode shown(Field port) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Name", "")
        .put("Protocol", port.at("protocol").text())
        .putNull("AppProtocol")
        .put("Port", port.at("port").number())
        .put("TargetPort", 0)
        .put("NodePort", 0);
  }

  private static void balancer(Field spec, String type) {
    boolean balancer = type.equals("LoadBalancer");
    Field ranges = spec.at("loadBalancerSourceRanges");
    if (!ranges.isEmpty()) {
      Field shown = spec.at("LoadBalancerSourceRanges");
      if (!balancer) {
        shown.forbidden(ONLY_BALANCER);
      }
      for (int i = 0; i < ranges.size(); i++) {
        String range = ranges.item(i).text().strip();
        Field at = shown.item(i);
        at.faults().invalid(at.path(), range, Addresses.cidr(range));
      }
    }
    Field allocate = spec.at("allocateLoadBalancerNodePorts");
    if (allocate.present() && !balancer) {
      allocate.forbidden(ONLY_BALANCER);
    }
    Field kind = spec.at("loadBalancerClass");
    if (kind.present() && !balancer) {
      kind.forbidden(ONLY_BALANCER);
    } else {
      kind.isIfSet(Names::qualifiedName);
    }
  }

  private static void traffic(Field spec) {
    Field external = spec.at("externalTrafficPolicy");
    if (ServiceShape.isExternal(spec.node())) {
      external.oneOf("Cluster", "Local");
    } else if (!external.isEmpty()) {
      external.invalid("may only be set for externally-accessible services");
    }
    Field health = spec.at("healthCheckNodePort");
    if (ServiceShape.needsHealthCheck(spec.node())) {
      if (health.number() == 0) {
        health.required("");
      } else {
        health.port();
      }
    } else if (health.number() != 0) {
      health.invalid(
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    }
    if (ServiceShape.needsClusterIp(spec.node())) {
      spec.at("internalTrafficPolicy").oneOf("Cluster", "Local");
    } else {
      spec.at("internalTrafficPolicy").oneOfIfSet("Cluster", "Local");
    }
    spec.at("trafficDistribution").oneOfIfSet("PreferClose", "PreferSameNode", "PreferSameZone");
  }

  static void checkUpdate(Field spec, JsonNode old) {
    boolean named = !ServiceShape.needsClusterIp(spec.node()) || !ServiceShape.needsClusterIp(old);
    if (!named) {
      boolean headless = ServiceShape.isHeadless(spec.node()) && ServiceShape.isHeadless(old);
      if (!headless) {
        once(spec.at("clusterIPs"), old.path("clusterIPs"), "primary clusterIP can not be unset");
      }
      once(spec.at("ipFamilies"), old.path("ipFamilies"), "primary ipFamily can not be unset");
    }
    String type = ServiceShape.type(spec.node());
    if (type.equals("LoadBalancer") && ServiceShape.type(old).equals("LoadBalancer")) {
      spec.at("loadBalancerClass")
          .unchangedFrom(old.path("loadBalancerClass"), "may not change once set");
    }
    if (ServiceShape.needsHealthCheck(spec.node())
        && ServiceShape.needsHealthCheck(old)
        && spec.at("healthCheckNodePort").number() != old.path("healthCheckNodePort").asLong()) {
      spec.at("healthCheckNodePort").forbidden("field is immutable");
    }
  }

  /** The first value stays; a second one may come and go. */
  private static void once(Field list, JsonNode old, String unset) {
    if (old.isEmpty()) {
      return;
    }
    if (list.isEmpty()) {
      list.item(0).with(list.node()).invalid(unset);
      return;
    }
    int both = Math.min(list.size(), old.size());
    for (int i = 0; i < both; i++) {
      if (!list.item(i).node().equals(old.get(i))) {
        list.item(i).with(list.node()).invalid("may not change once set");
      }
    }
  }
}
