package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.LIST;

import dev.sallyport.config.ClientAddressConfig;
import dev.sallyport.config.Faults;
import dev.sallyport.config.ForwardingHeader;
import dev.sallyport.config.Network;
import dev.sallyport.config.Networks;
import dev.sallyport.config.ProxyProtocolUse;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whom to believe about a client's address. Not known to kube-apiserver. */
final class ClientAddressOptions {
  final FlagSection section = new FlagSection("Client address");

  private final Flag<ProxyProtocolUse> proxyProtocol =
      section.flag(
          "proxy-protocol",
          ValueType.choice(ProxyProtocolUse.class, ProxyProtocolUse::flagValue),
          "off",
          "Whether connections from --proxy-protocol-networks begin with a PROXY header, version 1"
              + " or 2, which names the client: off, optional or required.");
  private final Flag<List<String>> proxyProtocolNetworks =
      section.flag(
          "proxy-protocol-networks",
          LIST,
          "",
          "Networks (CIDR) of the load balancers that send PROXY headers. From anywhere else such a"
              + " header is a broken handshake.");
  private final Flag<List<String>> trustedProxies =
      section.flag(
          "trusted-proxy-networks",
          LIST,
          "",
          "Networks (CIDR) of the HTTP proxies in front of this server. What they say in"
              + " --trusted-proxy-header is believed: the client is the nearest address there that"
              + " is not one of theirs.");
  private final Flag<ForwardingHeader> header =
      section.flag(
          "trusted-proxy-header",
          ValueType.choice(ForwardingHeader.class, ForwardingHeader::flagValue),
          "X-Forwarded-For",
          "The one header that --trusted-proxy-networks write: X-Forwarded-For or Forwarded.");

  ClientAddressConfig toConfig(Faults faults) {
    ProxyProtocolUse use = proxyProtocol.read(faults);
    Networks balancers = networks(proxyProtocolNetworks, faults);
    Networks proxies = networks(trustedProxies, faults);
    if (use != ProxyProtocolUse.OFF && !proxyProtocolNetworks.isSet()) {
      faults.add(proxyProtocol.label(), use.flagValue(), "--proxy-protocol-networks to go with it");
    }
    if (use == ProxyProtocolUse.OFF && proxyProtocolNetworks.isSet()) {
      faults.add(
          proxyProtocolNetworks.label(),
          proxyProtocolNetworks.text(),
          "--proxy-protocol=optional or required to go with it");
    }
    if (header.isSet() && !trustedProxies.isSet()) {
      faults.add(header.label(), header.text(), "--trusted-proxy-networks to go with it");
    }
    boolean used = use != ProxyProtocolUse.OFF && !balancers.isEmpty();
    return new ClientAddressConfig(
        used ? use : ProxyProtocolUse.OFF,
        used ? balancers : Networks.NONE,
        proxies,
        header.read(faults));
  }

  private static Networks networks(Flag<List<String>> flag, Faults faults) {
    List<Network> networks = new ArrayList<>();
    for (String text : flag.read(faults)) {
      Optional<Network> network = Network.parse(text);
      if (network.isPresent()) {
        networks.add(network.get());
      } else {
        faults.add(flag.label(), text, "networks such as 10.0.0.0/8 or fd00::/8");
      }
    }
    return new Networks(networks);
  }
}
