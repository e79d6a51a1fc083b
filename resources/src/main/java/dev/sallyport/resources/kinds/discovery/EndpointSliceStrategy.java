package dev.sallyport.resources.kinds.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.IpText;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import dev.sallyport.resources.validation.SpecialAddresses;
import java.util.HashSet;
import java.util.Set;

/**
 * EndpointSlices.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/">EndpointSlices</a>
 */
final class EndpointSliceStrategy implements KindStrategy {

  private static final int MOST_ENDPOINTS = 1_000;
  private static final int MOST_ADDRESSES = 100;
  private static final int MOST_PORTS = 20_000;
  private static final int MOST_HINTS = 8;

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    for (ObjectNode port : Defaults.objects(object, "ports")) {
      if (Defaults.lacks(port, "name")) {
        port.put("name", "");
      }
      Defaults.text(port, "protocol", "TCP");
    }
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    Field type = root.at("addressType");
    type.oneOf("FQDN", "IPv4", "IPv6");
    if (!faults.none()) {
      return;
    }
    root.at("endpoints").atMost(MOST_ENDPOINTS);
    root.at("endpoints").each(endpoint -> endpoint(endpoint, type.text(), own(object)));
    root.at("ports").atMost(MOST_PORTS);
    Set<String> names = new HashSet<>();
    root.at("ports").each(port -> port(port, names));
  }

  /** The server's own slice may lead to a loopback address, where a server for tests listens. */
  private static boolean own(ObjectNode object) {
    return object.path("metadata").path("name").asText().equals("kubernetes")
        && object.path("metadata").path("namespace").asText().equals("default");
  }

  private static void endpoint(Field endpoint, String type, boolean own) {
    Field addresses = endpoint.at("addresses");
    if (addresses.size() == 0) {
      addresses.required("must contain at least 1 address");
    }
    addresses.atMost(MOST_ADDRESSES);
    addresses.each(address -> address(address, type, own));
    Field node = endpoint.at("nodeName");
    if (node.present()) {
      node.is(Names::subdomain);
    }
    Field host = endpoint.at("hostname");
    if (host.present()) {
      host.is(Names::label);
    }
    hints(endpoint.at("hints", "forZones"));
    hints(endpoint.at("hints", "forNodes"));
  }

  private static void hints(Field hints) {
    hints.atMost(MOST_HINTS);
    Set<String> seen = new HashSet<>();
    hints.each(
        hint -> {
          if (!seen.add(hint.at("name").text())) {
            hint.at("name").duplicate();
          }
          hint.at("name").is(Names::labelValue);
        });
  }

  private static void address(Field address, String type, boolean own) {
    byte[] octets = IpText.octets(address.text());
    int length = octets == null ? 0 : octets.length;
    switch (type) {
      case "IPv4" -> {
        if (length != 4) {
          address.invalid("must be a valid IPv4 address");
        }
      }
      case "IPv6" -> {
        if (length != 16) {
          address.invalid("must be a valid IPv6 address");
        }
      }
      default -> address.is(Names::subdomain);
    }
    if (octets != null && !type.equals("FQDN") && !own) {
      SpecialAddresses.check(address);
    }
  }

  private static void port(Field port, Set<String> names) {
    Field name = port.at("name");
    if (!names.add(name.text())) {
      name.duplicate();
    }
    name.isIfSet(Names::label);
    port.at("protocol").oneOf("SCTP", "TCP", "UDP");
    port.at("appProtocol").isIfSet(Names::qualifiedName);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field.root(object, faults).unchangedIn(old, "addressType");
  }
}
