package dev.sallyport.resources.kinds.scheduling;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of scheduling.k8s.io. */
public final class SchedulingKinds {

  private SchedulingKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put("scheduling.k8s.io", "PriorityClass", new PriorityClassStrategy());
  }
}
