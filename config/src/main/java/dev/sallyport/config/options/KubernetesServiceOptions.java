package dev.sallyport.config.options;

import dev.sallyport.config.Faults;
import dev.sallyport.config.KubernetesServiceConfig;
import dev.sallyport.config.ServiceNetworkConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** The Service {@code kubernetes}; a part of the generic flags. */
final class KubernetesServiceOptions {
  private static final String RANGE = "10.0.0.0/24";
  private static final ValueType<String> RECONCILER =
      new ValueType<>(
          "string",
          ValueType.Arity.ONE,
          "lease, master-count or none",
          given -> reconciler(given.get(given.size() - 1)));

  private static final ValueType<List<Integer>> PORTS =
      new ValueType<>(
          "portRange",
          ValueType.Arity.ONE,
          "a range of ports such as 30000-32767",
          given -> ports(given.get(given.size() - 1)));

  private final Flag<String> reconciler;
  private final Flag<String> advertise;
  private final Flag<List<String>> range;
  private final Flag<List<Integer>> ports;

  KubernetesServiceOptions(FlagSection section) {
    reconciler =
        section.flag(
            "endpoint-reconciler-type",
            RECONCILER,
            "lease",
            "Whether the endpoints of the Service kubernetes in the namespace default are kept:"
                + " none for no, lease and master-count for yes.");
    advertise =
        section.flag(
            "advertise-address",
            ValueType.STRING,
            "",
            "The IP address that the Service kubernetes leads to. Default: --bind-address, or the"
                + " machine's first address when that is 0.0.0.0 or ::.");
    range =
        section.flag(
            "service-cluster-ip-range",
            ValueType.LIST,
            RANGE,
            "Networks in CIDR notation from which services get their addresses: one, or one of each"
                + " IP family. The first address is that of the Service kubernetes.");
    ports =
        section.flag(
            "service-node-port-range",
            PORTS,
            "30000-32767",
            "Ports that services of the types NodePort and LoadBalancer get on nodes.");
  }

  KubernetesServiceConfig toConfig(Faults faults) {
    List<String> networks = range.read(faults);
    InetAddress first = first(networks, faults);
    List<Integer> between = ports.read(faults);
    return new KubernetesServiceConfig(
        !reconciler.read(faults).equals("none"),
        advertised(advertise.read(faults), faults),
        first,
        new ServiceNetworkConfig(checked(networks, first, faults), between.get(0), between.get(1)));
  }

  private Optional<InetAddress> advertised(String text, Faults faults) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ValueType.ADDRESS.parse().apply(List.of(text)));
    } catch (IllegalArgumentException e) {
      faults.add(advertise.label(), text, "an IP address");
      return Optional.empty();
    }
  }

  /** The networks as they can be used: one of each family at most. */
  private List<String> checked(List<String> networks, InetAddress first, Faults faults) {
    if (networks.size() < 2) {
      return networks.isEmpty() ? List.of(RANGE) : networks;
    }
    String second = networks.get(1);
    boolean fits = networks.size() == 2;
    try {
      fits &= behind(second).getAddress().length != first.getAddress().length;
    } catch (IllegalArgumentException e) {
      fits = false;
    }
    if (!fits) {
      faults.add(
          range.label(), String.join(",", networks), "one network of each IP family at most");
    }
    return networks;
  }

  /** The ends of {@code 30000-32767}, of {@code 30000+2767} or of a single port. */
  private static List<Integer> ports(String text) {
    int sign = Math.max(text.indexOf('-'), text.indexOf('+'));
    int first = Integer.parseInt(sign < 0 ? text : text.substring(0, sign));
    int second = sign < 0 ? first : Integer.parseInt(text.substring(sign + 1));
    int last = sign >= 0 && text.charAt(sign) == '+' ? first + second : second;
    if (first < 1 || last < first || last > 65_535) {
      throw new IllegalArgumentException(text);
    }
    return List.of(first, last);
  }

  private InetAddress first(List<String> networks, Faults faults) {
    String network = networks.isEmpty() ? RANGE : networks.get(0);
    try {
      return behind(network);
    } catch (IllegalArgumentException e) {
      faults.add(range.label(), network, "a network such as " + RANGE);
      return InetAddress.getLoopbackAddress();
    }
  }

  /** The address behind the network's own. */
  private static InetAddress behind(String network) {
    int slash = network.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(network);
    }
    byte[] octets =
        ValueType.ADDRESS.parse().apply(List.of(network.substring(0, slash))).getAddress();
    int bits = Integer.parseInt(network.substring(slash + 1));
    if (bits < 0 || bits > octets.length * 8 - 1) {
      throw new IllegalArgumentException(network);
    }
    for (int bit = bits; bit < octets.length * 8; bit++) {
      octets[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    octets[octets.length - 1] |= 1;
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(network, e);
    }
  }

  private static String reconciler(String text) {
    if (!List.of("lease", "master-count", "none").contains(text)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
