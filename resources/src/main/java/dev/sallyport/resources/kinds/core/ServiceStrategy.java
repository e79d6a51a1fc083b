package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Claim;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.NameRule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Services: an address and, where the type wants them, ports on every node, which no other service
 * has; kept through updates, given back when the type no longer wants them.
 *
 * @param network where they come from
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/service/">Service</a>
 */
record ServiceStrategy(ServiceNetwork network) implements KindStrategy {

  private static final int AFFINITY_SECONDS = 10_800;

  @Override
  public NameRule nameRule() {
    return NameRule.LABEL;
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.CREATE_ON_UPDATE, Trait.ANSWERS_DELETED);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = object.withObjectProperty("spec");
    Defaults.text(spec, "sessionAffinity", "None");
    affinity(spec);
    Defaults.text(spec, "type", "ClusterIP");
    for (JsonNode port : spec.path("ports")) {
      port((ObjectNode) port);
    }
    if (ServiceShape.isExternal(spec)) {
      Defaults.text(spec, "externalTrafficPolicy", "Cluster");
    }
    if (ServiceShape.needsClusterIp(spec)) {
      Defaults.text(spec, "internalTrafficPolicy", "Cluster");
    }
    if (ServiceShape.type(spec).equals("LoadBalancer")) {
      if (!spec.has("allocateLoadBalancerNodePorts")) {
        spec.put("allocateLoadBalancerNodePorts", true);
      }
      for (JsonNode ingress : object.path("status").path("loadBalancer").path("ingress")) {
        if (ingress.has("ip") && ingress instanceof ObjectNode there) {
          Defaults.text(there, "ipMode", "VIP");
        }
      }
    }
  }

  private static void affinity(ObjectNode spec) {
    switch (spec.path("sessionAffinity").asText()) {
      case "None" -> spec.remove("sessionAffinityConfig");
      case "ClientIP" -> {
        JsonNode config = spec.path("sessionAffinityConfig").path("clientIP");
        if (!config.has("timeoutSeconds")) {
          spec.putObject("sessionAffinityConfig")
              .putObject("clientIP")
              .put("timeoutSeconds", AFFINITY_SECONDS);
        }
      }
      default -> {}
    }
  }

  private static void port(ObjectNode port) {
    Defaults.text(port, "protocol", "TCP");
    JsonNode target = port.path("targetPort");
    boolean none = target.isTextual() ? target.textValue().isEmpty() : target.asInt() == 0;
    if (none && port.has("port")) {
      port.set("targetPort", port.get("port"));
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    object.putObject("status").putObject("loadBalancer");
    ServiceUpdates.sameAddresses(object.withObjectProperty("spec"), null);
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.keep("status", object, old);
    ServiceUpdates.carryOver(
        object.withObjectProperty("spec"),
        old.path("spec") instanceof ObjectNode before ? before : old.objectNode());
  }

  @Override
  public Claim claim(ObjectNode object, @Nullable ObjectNode old, boolean dryRun) {
    return network.claim(object, old, dryRun);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    ServiceRules.check(Field.root(object, faults).at("spec"));
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    if (subresource.isEmpty()) {
      ServiceRules.checkUpdate(Field.root(object, faults).at("spec"), old.path("spec"));
    }
  }
}
