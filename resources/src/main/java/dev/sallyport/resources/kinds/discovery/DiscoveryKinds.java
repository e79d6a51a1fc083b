package dev.sallyport.resources.kinds.discovery;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of discovery.k8s.io. */
public final class DiscoveryKinds {

  private DiscoveryKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put("discovery.k8s.io", "EndpointSlice", new EndpointSliceStrategy());
  }
}
