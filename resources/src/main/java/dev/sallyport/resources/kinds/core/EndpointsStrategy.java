package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import dev.sallyport.resources.validation.SpecialAddresses;
import java.util.Set;

/** Endpoints: where a service leads. */
final class EndpointsStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.CREATE_ON_UPDATE);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    for (JsonNode subset : object.path("subsets")) {
      for (ObjectNode port : Defaults.objects(subset, "ports")) {
        Defaults.text(port, "protocol", "TCP");
      }
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {}

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    // The API itself may listen on no more than a loopback address.
    boolean own =
        root.at("metadata", "name").says("kubernetes")
            && root.at("metadata", "namespace").says("default");
    root.at("subsets")
        .each(
            subset -> {
              if (subset.at("addresses").isEmpty() && subset.at("notReadyAddresses").isEmpty()) {
                subset.required("must specify `addresses` or `notReadyAddresses`");
              }
              subset.at("addresses").each(address -> address(address, own));
              subset.at("notReadyAddresses").each(address -> address(address, own));
              Field ports = subset.at("ports");
              ports.each(port -> port(port, ports.size() > 1));
            });
  }

  private static void address(Field address, boolean own) {
    int before = address.faults().causes().size();
    address.at("ip").ip();
    if (address.faults().causes().size() == before && !own) {
      SpecialAddresses.check(address.at("ip"));
    }
    address.at("hostname").isIfSet(Names::label);
    if (address.at("nodeName").present()) {
      address.at("nodeName").is(Names::subdomain);
    }
  }

  private static void port(Field port, boolean named) {
    Field name = port.at("name");
    if (named && name.isEmpty()) {
      name.required("");
    } else {
      name.isIfSet(Names::label);
    }
    port.at("port").port();
    port.at("protocol").oneOf("SCTP", "TCP", "UDP");
    if (port.at("appProtocol").present()) {
      port.at("appProtocol").is(Names::qualifiedName);
    }
  }
}
