package dev.sallyport.resources.kinds.coordination;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of coordination.k8s.io. */
public final class CoordinationKinds {

  private CoordinationKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put("coordination.k8s.io", "Lease", new LeaseStrategy());
  }
}
