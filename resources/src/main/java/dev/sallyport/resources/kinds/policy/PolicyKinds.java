package dev.sallyport.resources.kinds.policy;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of policy. */
public final class PolicyKinds {

  private PolicyKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put("policy", "PodDisruptionBudget", new DisruptionBudgetStrategy());
  }
}
