package dev.sallyport.resources.kinds.flowcontrol;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of flowcontrol.apiserver.k8s.io. */
public final class FlowControlKinds {

  private static final String GROUP = "flowcontrol.apiserver.k8s.io";

  private FlowControlKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put(GROUP, "FlowSchema", new FlowSchemaStrategy());
    kinds.put(GROUP, "PriorityLevelConfiguration", new PriorityLevelStrategy());
  }
}
