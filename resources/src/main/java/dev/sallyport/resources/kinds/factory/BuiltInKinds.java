package dev.sallyport.resources.kinds.factory;

import dev.sallyport.config.ServiceNetworkConfig;
import dev.sallyport.resources.custom.DefinitionKinds;
import dev.sallyport.resources.kinds.KindStrategies;
import dev.sallyport.resources.kinds.KindStrategy.Trait;
import dev.sallyport.resources.kinds.KindTable;
import dev.sallyport.resources.kinds.access.AccessKinds;
import dev.sallyport.resources.kinds.apps.AppsKinds;
import dev.sallyport.resources.kinds.autoscaling.AutoscalingKinds;
import dev.sallyport.resources.kinds.batch.BatchKinds;
import dev.sallyport.resources.kinds.coordination.CoordinationKinds;
import dev.sallyport.resources.kinds.core.CoreKinds;
import dev.sallyport.resources.kinds.core.ServiceNetwork;
import dev.sallyport.resources.kinds.own.OwnKinds;
import dev.sallyport.resources.kinds.pod.PodKinds;

/** The strategies of all built-in kinds. */
public final class BuiltInKinds {

  private BuiltInKinds() {}

  /** With a network for services as it is by default, of which nothing is taken yet. */
  public static KindStrategies strategies() {
    return strategies(new ServiceNetwork(ServiceNetworkConfig.DEFAULT));
  }

  /**
   * @param network gives services their addresses and ports; to be told of the stored ones
   */
  public static KindStrategies strategies(ServiceNetwork network) {
    KindTable kinds = new KindTable();
    CoreKinds.addTo(kinds, network);
    AccessKinds.addTo(kinds);
    AppsKinds.addTo(kinds);
    AutoscalingKinds.addTo(kinds);
    BatchKinds.addTo(kinds);
    CoordinationKinds.addTo(kinds);
    OwnKinds.addTo(kinds);
    PodKinds.addTo(kinds);
    DefinitionKinds.addTo(kinds);
    traitsOnly(kinds);
    return kinds.strategies();
  }

  /** Kinds that differ from the plain one in traits only. */
  private static void traitsOnly(KindTable kinds) {
    kinds.put("networking.k8s.io", "Ingress", Trait.GENERATION);
    kinds.put("networking.k8s.io", "IngressClass", Trait.GENERATION);
    kinds.put("networking.k8s.io", "NetworkPolicy", Trait.GENERATION);
    kinds.put("policy", "PodDisruptionBudget", Trait.GENERATION, Trait.VERSIONED_UPDATES_ONLY);
    kinds.put("discovery.k8s.io", "EndpointSlice", Trait.GENERATION);
    kinds.put("scheduling.k8s.io", "PriorityClass", Trait.GENERATION);
    kinds.put("flowcontrol.apiserver.k8s.io", "FlowSchema", Trait.GENERATION);
    kinds.put("flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration", Trait.GENERATION);
    admission(kinds, "MutatingWebhookConfiguration");
    admission(kinds, "ValidatingWebhookConfiguration");
    admission(kinds, "ValidatingAdmissionPolicy");
    admission(kinds, "ValidatingAdmissionPolicyBinding");
    admission(kinds, "MutatingAdmissionPolicy");
    admission(kinds, "MutatingAdmissionPolicyBinding");
    kinds.put("apiregistration.k8s.io", "APIService", Trait.VERSIONED_UPDATES_ONLY);
  }

  private static void admission(KindTable kinds, String kind) {
    kinds.put("admissionregistration.k8s.io", kind, Trait.GENERATION);
  }
}
