package dev.sallyport.resources.kinds.core;

import dev.sallyport.resources.kinds.KindStrategy.Trait;
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
    kinds.put(GROUP, "Node", Trait.STATUS_AT_CREATION);
    kinds.put(GROUP, "Endpoints", Trait.CREATE_ON_UPDATE);
    kinds.put(GROUP, "LimitRange", Trait.CREATE_ON_UPDATE);
    kinds.put(GROUP, "PersistentVolume", Trait.ANSWERS_DELETED);
    kinds.put(GROUP, "PersistentVolumeClaim", Trait.ANSWERS_DELETED);
    kinds.put(GROUP, "PodTemplate", Trait.ANSWERS_DELETED, Trait.GENERATION);
    kinds.put(GROUP, "ReplicationController", Trait.GENERATION);
    kinds.put(GROUP, "ResourceQuota", Trait.ANSWERS_DELETED);
  }
}
