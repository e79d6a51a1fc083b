package dev.sallyport.server.assembly;

import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.rbac.ClusterRoleAggregator;
import dev.sallyport.controllers.rbac.DefaultPolicyReconciler;
import java.util.concurrent.CompletionStage;

/** Starts what keeps the store true. */
final class Controllers {

  private Controllers() {}

  /** Starts all controllers; done when the default RBAC policy stands. */
  static CompletionStage<Void> start(ObjectClient client, Resources resources) {
    CompletionStage<Void> policy =
        new DefaultPolicyReconciler(client, new PolicyRuleComparison()).run();
    new ClusterRoleAggregator(client, resources.workers()).start();
    return policy;
  }
}
