package dev.sallyport.resources.kinds.node;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of node.k8s.io. */
public final class NodeKinds {

  private NodeKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put("node.k8s.io", "RuntimeClass", new RuntimeClassStrategy());
  }
}
