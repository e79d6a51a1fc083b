package dev.sallyport.config;

import java.util.List;

/**
 * From where services get their addresses and their ports on nodes.
 *
 * @param clusterRanges one or two networks in CIDR notation, of different families; services have
 *     the family of the first when they name none
 * @param firstNodePort the lowest port that a service may have on nodes
 * @param lastNodePort the highest one
 */
public record ServiceNetworkConfig(
    List<String> clusterRanges, int firstNodePort, int lastNodePort) {

  public static final ServiceNetworkConfig DEFAULT =
      new ServiceNetworkConfig(List.of("10.0.0.0/24"), 30_000, 32_767);

  public ServiceNetworkConfig {
    clusterRanges = List.copyOf(clusterRanges);
    if (clusterRanges.isEmpty() || firstNodePort < 1 || lastNodePort < firstNodePort) {
      throw new IllegalArgumentException(clusterRanges + " " + firstNodePort + "-" + lastNodePort);
    }
  }
}
