package dev.sallyport.resources.kinds.apps;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of apps. */
public final class AppsKinds {

  private static final String GROUP = "apps";

  private AppsKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put(GROUP, "Deployment", new DeploymentStrategy());
    kinds.put(GROUP, "ReplicaSet", new ReplicaSetStrategy());
    kinds.put(GROUP, "StatefulSet", new StatefulSetStrategy());
    kinds.put(GROUP, "DaemonSet", new DaemonSetStrategy());
    kinds.put(GROUP, "ControllerRevision", new ControllerRevisionStrategy());
  }
}
