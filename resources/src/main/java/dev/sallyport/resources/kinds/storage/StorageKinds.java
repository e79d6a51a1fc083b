package dev.sallyport.resources.kinds.storage;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of storage.k8s.io. */
public final class StorageKinds {

  private static final String GROUP = "storage.k8s.io";

  private StorageKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put(GROUP, "StorageClass", new StorageClassStrategy());
    kinds.put(GROUP, "CSIDriver", new CsiDriverStrategy());
    kinds.put(GROUP, "CSINode", new CsiNodeStrategy());
    kinds.put(GROUP, "CSIStorageCapacity", new StorageCapacityStrategy());
    kinds.put(GROUP, "VolumeAttachment", new VolumeAttachmentStrategy());
    kinds.put(GROUP, "VolumeAttributesClass", new VolumeAttributesClassStrategy());
  }
}
