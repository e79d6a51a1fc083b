package dev.sallyport.config.options;

import dev.sallyport.config.Faults;
import dev.sallyport.config.KubernetesServiceConfig;
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

  private final Flag<String> reconciler;
  private final Flag<String> advertise;
  private final Flag<List<String>> range;

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
            "Network in CIDR notation whose first address the Service kubernetes has; no other"
                + " service gets one here.");
  }

  KubernetesServiceConfig toConfig(Faults faults) {
    return new KubernetesServiceConfig(
        !reconciler.read(faults).equals("none"),
        advertised(advertise.read(faults), faults),
        first(range.read(faults), faults));
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
