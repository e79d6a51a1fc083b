package dev.sallyport.resources.kinds.autoscaling;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of autoscaling. */
public final class AutoscalingKinds {

  private AutoscalingKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put("autoscaling", "HorizontalPodAutoscaler", new AutoscalerStrategy());
  }
}
