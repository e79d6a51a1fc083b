package dev.sallyport.resources.kinds.factory;

import dev.sallyport.config.ServiceNetworkConfig;
import dev.sallyport.resources.custom.DefinitionKinds;
import dev.sallyport.resources.kinds.KindStrategies;
import dev.sallyport.resources.kinds.KindTable;
import dev.sallyport.resources.kinds.access.AccessKinds;
import dev.sallyport.resources.kinds.admissionregistration.AdmissionKinds;
import dev.sallyport.resources.kinds.apiregistration.ApiRegistrationKinds;
import dev.sallyport.resources.kinds.apps.AppsKinds;
import dev.sallyport.resources.kinds.autoscaling.AutoscalingKinds;
import dev.sallyport.resources.kinds.batch.BatchKinds;
import dev.sallyport.resources.kinds.coordination.CoordinationKinds;
import dev.sallyport.resources.kinds.core.CoreKinds;
import dev.sallyport.resources.kinds.core.ServiceNetwork;
import dev.sallyport.resources.kinds.discovery.DiscoveryKinds;
import dev.sallyport.resources.kinds.flowcontrol.FlowControlKinds;
import dev.sallyport.resources.kinds.networking.NetworkingKinds;
import dev.sallyport.resources.kinds.node.NodeKinds;
import dev.sallyport.resources.kinds.own.OwnKinds;
import dev.sallyport.resources.kinds.pod.PodKinds;
import dev.sallyport.resources.kinds.policy.PolicyKinds;
import dev.sallyport.resources.kinds.resource.ResourceKinds;
import dev.sallyport.resources.kinds.scheduling.SchedulingKinds;
import dev.sallyport.resources.kinds.storage.StorageKinds;

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
    AdmissionKinds.addTo(kinds);
    ApiRegistrationKinds.addTo(kinds);
    AppsKinds.addTo(kinds);
    AutoscalingKinds.addTo(kinds);
    BatchKinds.addTo(kinds);
    CoordinationKinds.addTo(kinds);
    DefinitionKinds.addTo(kinds);
    DiscoveryKinds.addTo(kinds);
    FlowControlKinds.addTo(kinds);
    NetworkingKinds.addTo(kinds);
    NodeKinds.addTo(kinds);
    OwnKinds.addTo(kinds);
    PodKinds.addTo(kinds);
    PolicyKinds.addTo(kinds);
    ResourceKinds.addTo(kinds);
    SchedulingKinds.addTo(kinds);
    StorageKinds.addTo(kinds);
    return kinds.strategies();
  }
}
