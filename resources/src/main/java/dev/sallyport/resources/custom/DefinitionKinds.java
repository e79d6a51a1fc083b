package dev.sallyport.resources.custom;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of group apiextensions.k8s.io. */
public final class DefinitionKinds {

  private DefinitionKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put("apiextensions.k8s.io", "CustomResourceDefinition", new DefinitionStrategy());
  }
}
