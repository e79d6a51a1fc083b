package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import dev.sallyport.resources.validation.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The volumes of a pod: named once, of one type each. */
public final class VolumeRules {

  private static final long SHORTEST_TOKEN = 600;
  private static final long LONGEST_TOKEN = 1L << 32;
  private static final String ONE_TYPE = "may not specify more than 1 volume type";

  /** What each type cannot be without. Types that are not named here need nothing. */
  private static final Map<String, List<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("awsElasticBlockStore", List.of("volumeID")),
          Map.entry("azureDisk", List.of("diskName", "diskURI")),
          Map.entry("azureFile", List.of("secretName", "shareName")),
          Map.entry("cephfs", List.of("monitors")),
          Map.entry("cinder", List.of("volumeID")),
          Map.entry("configMap", List.of("name")),
          Map.entry("csi", List.of("driver")),
          Map.entry("ephemeral", List.of("volumeClaimTemplate")),
          Map.entry("flexVolume", List.of("driver")),
          Map.entry("gcePersistentDisk", List.of("pdName")),
          Map.entry("gitRepo", List.of("repository")),
          Map.entry("glusterfs", List.of("endpoints", "path")),
          Map.entry("hostPath", List.of("path")),
          Map.entry("image", List.of("reference")),
          Map.entry("iscsi", List.of("targetPortal", "iqn")),
          Map.entry("nfs", List.of("server", "path")),
          Map.entry("persistentVolumeClaim", List.of("claimName")),
          Map.entry("photonPersistentDisk", List.of("pdID")),
          Map.entry("portworxVolume", List.of("volumeID")),
          Map.entry("quobyte", List.of("registry", "volume")),
          Map.entry("rbd", List.of("monitors", "image")),
          Map.entry("scaleIO", List.of("gateway", "system", "volumeName")),
          Map.entry("secret", List.of("secretName")),
          Map.entry("storageos", List.of("volumeName")),
          Map.entry("vsphereVolume", List.of("volumePath")));

  private VolumeRules() {}

  /** Answers the volumes without fault, by their names: only those can be mounted. */
  static Map<String, JsonNode> check(Field volumes) {
    Map<String, JsonNode> sound = new HashMap<>();
    volumes.each(
        volume -> {
          int before = volumes.faults().causes().size();
          sources(volume);
          Field name = volume.at("name");
          if (name.givenAndIs(Names::label) && sound.containsKey(name.text())) {
            name.duplicate();
          }
          if (volumes.faults().causes().size() == before) {
            sound.put(name.text(), volume.node());
          }
        });
    return sound;
  }

  private static void sources(Field volume) {
    boolean typed = false;
    for (Map.Entry<String, JsonNode> member : volume.node().properties()) {
      if (member.getKey().equals("name")) {
        continue;
      }
      Field source = volume.at(member.getKey());
      if (typed) {
        source.forbidden(ONE_TYPE);
      } else {
        typed = true;
        source(member.getKey(), source);
      }
    }
    if (!typed) {
      volume.required("must specify a volume type");
    }
  }

  /** One volume's place, which pods' volumes and PersistentVolumes say alike. */
  public static void source(String type, Field source) {
    for (String member : REQUIRED.getOrDefault(type, List.of())) {
      source.at(member).given();
    }
    switch (type) {
      case "emptyDir" -> emptyDir(source);
      case "hostPath" -> hostPath(source);
      case "nfs" -> absolute(source.at("path"));
      case "secret", "configMap" -> files(source);
      case "downwardAPI" -> {
        mode(source.at("defaultMode"));
        source.at("items").each(VolumeRules::downwardItem);
      }
      case "projected" -> projected(source);
      case "ephemeral" -> ClaimSpecRules.check(source.at("volumeClaimTemplate", "spec"));
      default -> {}
    }
  }

  private static void emptyDir(Field source) {
    Field limit = source.at("sizeLimit");
    if (limit.present() && Quantity.of(limit.text()).signum() < 0) {
      limit.forbidden("SizeLimit field must be a valid resource quantity");
    }
  }

  private static void hostPath(Field source) {
    source.at("path").isIfSet(LocalPaths::noBacksteps);
    source
        .at("type")
        .oneOfIfSet(
            "",
            "BlockDevice",
            "CharDevice",
            "Directory",
            "DirectoryOrCreate",
            "File",
            "FileOrCreate",
            "Socket");
  }

  private static void absolute(Field path) {
    if (!path.isEmpty() && !path.text().startsWith("/")) {
      path.invalid("must be an absolute path");
    }
  }

  private static void files(Field source) {
    mode(source.at("defaultMode"));
    source
        .at("items")
        .each(
            item -> {
              item.at("key").given();
              path(item.at("path"));
              mode(item.at("mode"));
            });
  }

  private static void path(Field path) {
    path.givenAndIs(LocalPaths::unreserved);
  }

  private static void mode(Field mode) {
    if (mode.number() < 0 || mode.number() > 0777) {
      mode.invalid("must be a number between 0 and 0777 (octal), both inclusive");
    }
  }

  private static void downwardItem(Field item) {
    path(item.at("path"));
    Field field = item.at("fieldRef");
    Field resource = item.at("resourceFieldRef");
    if (field.present()) {
      EnvironmentRules.fieldReference(field, EnvironmentRules.IN_FILES);
      if (resource.present()) {
        item.invalid(
            "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
      }
    } else if (resource.present()) {
      EnvironmentRules.resourceReference(resource, true);
    } else {
      item.required("one of fieldRef and resourceFieldRef is required");
    }
    mode(item.at("mode"));
  }

  private static void projected(Field projected) {
    mode(projected.at("defaultMode"));
    projected
        .at("sources")
        .each(
            source -> {
              boolean typed = false;
              for (Map.Entry<String, JsonNode> member : source.node().properties()) {
                Field part = source.at(member.getKey());
                if (typed) {
                  part.forbidden(ONE_TYPE);
                } else {
                  typed = true;
                  projection(member.getKey(), part);
                }
              }
            });
  }

  private static void projection(String type, Field part) {
    switch (type) {
      case "secret", "configMap" -> {
        part.at("name").given();
        files(part);
      }
      case "downwardAPI" -> part.at("items").each(VolumeRules::downwardItem);
      case "serviceAccountToken" -> token(part);
      case "clusterTrustBundle" -> path(part.at("path"));
      default -> {}
    }
  }

  private static void token(Field token) {
    Field seconds = token.at("expirationSeconds");
    if (seconds.present() && seconds.number() < SHORTEST_TOKEN) {
      seconds.invalid("may not specify a duration less than 10 minutes");
    }
    if (seconds.number() > LONGEST_TOKEN) {
      seconds.invalid("may not specify a duration larger than 2^32 seconds");
    }
    path(token.at("path"));
  }
}
