package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What volumes say when they say nothing. */
public final class VolumeDefaults {

  /** 0644, as decimal as JSON has it. */
  private static final int FILE_MODE = 420;

  private static final int TOKEN_SECONDS = 3600;

  private VolumeDefaults() {}

  static void apply(ObjectNode volume) {
    if (volume.size() <= (volume.has("name") ? 1 : 0)) {
      volume.putObject("emptyDir");
    }
    mode(volume.path("secret"));
    mode(volume.path("configMap"));
    mode(volume.path("downwardAPI"));
    items(volume.path("downwardAPI"));
    projected(volume.path("projected"));
    source(volume);
    if (volume.path("ephemeral").path("volumeClaimTemplate").path("spec")
        instanceof ObjectNode claim) {
      PodDefaults.text(claim, "volumeMode", "Filesystem");
    }
    if (volume.path("image") instanceof ObjectNode image) {
      PodDefaults.text(image, "pullPolicy", ImageTag.pullPolicy(image.path("reference").asText()));
    }
  }

  /** The sources that pods' volumes and PersistentVolumes share. */
  public static void source(ObjectNode volume) {
    if (volume.path("hostPath") instanceof ObjectNode host && !host.has("type")) {
      host.put("type", "");
    }
    if (volume.path("iscsi") instanceof ObjectNode iscsi) {
      PodDefaults.text(iscsi, "iscsiInterface", "default");
    }
    if (volume.path("rbd") instanceof ObjectNode rbd) {
      PodDefaults.text(rbd, "pool", "rbd");
      PodDefaults.text(rbd, "user", "admin");
      PodDefaults.text(rbd, "keyring", "/etc/ceph/keyring");
    }
    if (volume.path("azureDisk") instanceof ObjectNode disk) {
      PodDefaults.text(disk, "cachingMode", "ReadWrite");
      PodDefaults.text(disk, "fsType", "ext4");
      PodDefaults.text(disk, "kind", "Shared");
      if (!disk.has("readOnly")) {
        disk.put("readOnly", false);
      }
    }
    if (volume.path("scaleIO") instanceof ObjectNode scale) {
      PodDefaults.text(scale, "storageMode", "ThinProvisioned");
      PodDefaults.text(scale, "fsType", "xfs");
    }
  }

  private static void projected(JsonNode projected) {
    mode(projected);
    for (JsonNode source : projected.path("sources")) {
      items(source.path("downwardAPI"));
      if (source.path("serviceAccountToken") instanceof ObjectNode token) {
        PodDefaults.number(token, "expirationSeconds", TOKEN_SECONDS, false);
      }
    }
  }

  private static void items(JsonNode downward) {
    for (JsonNode item : downward.path("items")) {
      ContainerDefaults.fieldVersion(item.path("fieldRef"));
    }
  }

  private static void mode(JsonNode source) {
    if (source instanceof ObjectNode there) {
      PodDefaults.number(there, "defaultMode", FILE_MODE, false);
    }
  }
}
