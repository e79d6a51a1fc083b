package dev.sallyport.resources.kinds.resource;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of resource.k8s.io. */
public final class ResourceKinds {

  private static final String GROUP = "resource.k8s.io";

  private ResourceKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put(GROUP, "DeviceClass", new DeviceClassStrategy());
    kinds.put(GROUP, "ResourceClaim", new ResourceClaimStrategy());
    kinds.put(GROUP, "ResourceClaimTemplate", new ClaimTemplateStrategy());
    kinds.put(GROUP, "ResourceSlice", new ResourceSliceStrategy());
  }
}
