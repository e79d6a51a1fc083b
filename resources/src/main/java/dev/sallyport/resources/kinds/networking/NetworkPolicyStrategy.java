package dev.sallyport.resources.kinds.networking;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.Set;

/**
 * NetworkPolicies.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/network-policies/">Network
 *     policies</a>
 */
final class NetworkPolicyStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    for (String direction : new String[] {"ingress", "egress"}) {
      for (ObjectNode rule : Defaults.objects(spec, direction)) {
        Defaults.objects(rule, "ports").forEach(port -> Defaults.text(port, "protocol", "TCP"));
      }
    }
    if (spec.path("policyTypes").isEmpty()) {
      ArrayNode types = spec.putArray("policyTypes").add("Ingress");
      if (!spec.path("egress").isEmpty()) {
        types.add("Egress");
      }
    }
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    spec.at("podSelector").labelSelector();
    spec.at("ingress").each(rule -> rule(rule, "from"));
    spec.at("egress").each(rule -> rule(rule, "to"));
    Field types = spec.at("policyTypes");
    if (types.size() > 2) {
      types.invalid("may not specify more than two policyTypes");
    } else {
      types.each(type -> type.oneOfIfSet("Egress", "Ingress"));
    }
  }

  private static void rule(Field rule, String peers) {
    rule.at("ports").each(NetworkPolicyStrategy::port);
    rule.at(peers).each(NetworkPolicyStrategy::peer);
  }

  private static void port(Field rule) {
    rule.at("protocol").oneOfIfSet("TCP", "UDP", "SCTP");
    Field port = rule.at("port");
    Field end = rule.at("endPort");
    if (!port.present()) {
      if (end.present()) {
        end.invalid("may not be specified when `port` is not specified");
      }
    } else if (port.node().isTextual()) {
      if (end.present()) {
        end.invalid("may not be specified when `port` is non-numeric");
      }
      port.is(Names::portName);
    } else {
      port.port();
      if (end.present()) {
        if (end.number() < port.number()) {
          end.invalid("must be greater than or equal to `port`");
        }
        end.port();
      }
    }
  }

  private static void peer(Field peer) {
    Field block = peer.at("ipBlock");
    peer.at("podSelector").labelSelector();
    peer.at("namespaceSelector").labelSelector();
    boolean selected = peer.at("podSelector").present() || peer.at("namespaceSelector").present();
    if (block.present()) {
      block(block);
      if (selected) {
        peer.forbidden("may not specify both ipBlock and another peer");
      }
    } else if (!selected) {
      peer.required("must specify a peer");
    }
  }

  private static void block(Field block) {
    Field cidr = block.at("cidr");
    if (cidr.given()) {
      cidr.cidr();
    }
    block
        .at("except")
        .each(
            except -> {
              except.cidr();
              if (!Networks.strictlyWithin(except.text(), cidr.text())) {
                except.invalid("must be a strict subset of `cidr`");
              }
            });
  }
}
