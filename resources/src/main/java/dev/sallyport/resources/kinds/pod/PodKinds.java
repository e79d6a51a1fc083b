package dev.sallyport.resources.kinds.pod;

import dev.sallyport.resources.kinds.KindTable;

/** Pods. */
public final class PodKinds {

  private PodKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put("", "Pod", new PodStrategy());
  }
}
