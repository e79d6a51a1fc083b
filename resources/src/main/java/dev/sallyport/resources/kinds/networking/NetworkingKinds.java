package dev.sallyport.resources.kinds.networking;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of networking.k8s.io. */
public final class NetworkingKinds {

  private static final String GROUP = "networking.k8s.io";

  private NetworkingKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put(GROUP, "Ingress", new IngressStrategy());
    kinds.put(GROUP, "IngressClass", new IngressClassStrategy());
    kinds.put(GROUP, "NetworkPolicy", new NetworkPolicyStrategy());
    kinds.put(GROUP, "IPAddress", new IpAddressStrategy());
    kinds.put(GROUP, "ServiceCIDR", new ServiceCidrStrategy());
  }
}
