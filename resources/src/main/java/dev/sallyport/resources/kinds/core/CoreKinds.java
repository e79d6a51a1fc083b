package dev.sallyport.resources.kinds.core;

import dev.sallyport.resources.kinds.KindTable;

/** The core group's kinds: a kind is one line here and a class beside it. */
public final class CoreKinds {

  private static final String GROUP = "";

  private CoreKinds() {}

  /**
   * @param network gives services their addresses and ports
   */
  public static void addTo(KindTable kinds, ServiceNetwork network) {
    kinds.put(GROUP, "Namespace", new NamespaceStrategy());
    kinds.put(GROUP, "ConfigMap", new ConfigMapStrategy());
    kinds.put(GROUP, "Secret", new SecretStrategy());
    kinds.put(GROUP, "ServiceAccount", new ServiceAccountStrategy());
    kinds.put(GROUP, "Event", new EventStrategy());
    kinds.put(GROUP, "Service", new ServiceStrategy(network));
    kinds.put(GROUP, "Node", new NodeStrategy());
    kinds.put(GROUP, "Endpoints", new EndpointsStrategy());
    kinds.put(GROUP, "LimitRange", new LimitRangeStrategy());
    kinds.put(GROUP, "PersistentVolume", new PersistentVolumeStrategy());
    kinds.put(GROUP, "PersistentVolumeClaim", new ClaimStrategy());
    kinds.put(GROUP, "PodTemplate", new PodTemplateStrategy());
    kinds.put(GROUP, "ReplicationController", new ReplicationControllerStrategy());
    kinds.put(GROUP, "ResourceQuota", new ResourceQuotaStrategy());
  }
}
