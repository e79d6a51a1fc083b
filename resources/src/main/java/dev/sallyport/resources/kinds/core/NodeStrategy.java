package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.pod.ResourceRules;
import dev.sallyport.resources.kinds.pod.TolerationRules;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Nodes: they register themselves with their status; their networks and provider stay. */
final class NodeStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.STATUS_AT_CREATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    if (object.path("status") instanceof ObjectNode status
        && status.has("capacity")
        && !status.has("allocatable")) {
      status.set("allocatable", status.get("capacity").deepCopy());
    }
    if (object.path("spec") instanceof ObjectNode spec) {
      // The one network and the list of networks say the same.
      String one = spec.path("podCIDR").asText();
      if (!one.isEmpty() && spec.path("podCIDRs").isEmpty()) {
        spec.putArray("podCIDRs").add(one);
      } else if (one.isEmpty() && !spec.path("podCIDRs").isEmpty()) {
        spec.set("podCIDR", spec.path("podCIDRs").get(0));
      }
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {}

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field node = Field.root(object, faults);
    taints(node.at("metadata", "taints").with(node.at("spec", "taints").node()));
    for (String list : new String[] {"capacity", "allocatable"}) {
      Field quantities = node.at("status", list);
      quantities.entries(
          entry -> ResourceRules.value(entry.getKey(), quantities.at(entry.getKey())));
    }
    networks(node.at("spec", "podCIDRs"));
  }

  private static void taints(Field taints) {
    Set<String> seen = new HashSet<>();
    taints.each(
        taint -> {
          taint.at("key").is(Names::qualifiedName);
          List<String> value = Names.labelValue(taint.at("value").text());
          if (!value.isEmpty()) {
            taint.at("value").invalid(String.join(";", value));
          }
          TolerationRules.effect(taint.at("effect"));
          if (!seen.add(taint.at("effect").text() + "/" + taint.at("key").text())) {
            taint
                .faults()
                .duplicate(
                    taint.path(), taint.node(), "taints must be unique by key and effect pair");
          }
        });
  }

  private static void networks(Field networks) {
    networks.each(Field::cidr);
    if (networks.size() < 2) {
      return;
    }
    boolean families =
        networks.item(0).text().indexOf(':') < 0 != networks.item(1).text().indexOf(':') < 0;
    if (!families || networks.size() > 2) {
      networks.invalid("may specify no more than one CIDR for each IP family");
    }
    Set<String> seen = new HashSet<>();
    networks.each(
        network -> {
          if (!seen.add(network.text())) {
            network.duplicate();
          }
        });
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    JsonNode networks = old.path("spec").path("podCIDRs");
    if (!networks.isEmpty() && !networks.equals(spec.at("podCIDRs").node())) {
      spec.at("podCIDRs")
          .forbidden("node updates may not change podCIDR except from \"\" to valid");
    }
    String provider = old.path("spec").path("providerID").asText();
    if (!provider.isEmpty() && !provider.equals(spec.at("providerID").text())) {
      spec.at("providerID")
          .forbidden("node updates may not change providerID except from \"\" to valid");
    }
    Set<JsonNode> seen = new HashSet<>();
    Field.root(object, faults)
        .at("status", "addresses")
        .each(
            address -> {
              if (!seen.add(address.node())) {
                faults.duplicate(address.path(), address.node());
              }
            });
  }
}
