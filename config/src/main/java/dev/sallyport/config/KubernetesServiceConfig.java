package dev.sallyport.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * How the API stands in its own store: the Service {@code kubernetes} in the namespace default, by
 * which clients inside a cluster find it.
 *
 * @param published whether its endpoints are kept
 * @param advertised the address that clients reach; empty: what the server listens on
 * @param clusterAddress the Service's own address
 * @param network from where it and all other services get their addresses and ports
 */
public record KubernetesServiceConfig(
    boolean published,
    Optional<InetAddress> advertised,
    InetAddress clusterAddress,
    ServiceNetworkConfig network) {}
