package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.validation.Field;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Where a container finds the pod's volumes: as folders or as devices. */
final class MountRules {

  private MountRules() {}

  static void check(Field container, Map<String, JsonNode> volumes) {
    Field mounts = container.at("volumeMounts");
    Field devices = container.at("volumeDevices");
    Set<String> paths = new HashSet<>();
    boolean privileged = container.at("securityContext", "privileged").isTrue();
    mounts.each(
        mount -> {
          mount(mount, volumes, paths, devices.node());
          below(mount, mounts, volumes);
          propagation(mount.at("mountPropagation"), mounts, privileged);
          readOnly(mount, mounts.at("recursiveReadOnly"));
        });
    Set<String> names = new HashSet<>();
    Set<String> nodes = new HashSet<>();
    devices.each(device -> device(device, volumes, names, nodes, mounts.node()));
  }

  private static void mount(
      Field mount, Map<String, JsonNode> volumes, Set<String> paths, JsonNode devices) {
    Field name = mount.at("name");
    Field path = mount.at("mountPath");
    name.given();
    if (!volumes.containsKey(name.text())) {
      name.notFound();
    }
    path.given();
    if (!paths.add(path.text())) {
      path.invalid("must be unique");
    }
    for (JsonNode device : devices) {
      if (device.path("name").asText().equals(name.text())) {
        name.invalid("must not already exist in volumeDevices");
      }
      if (device.path("devicePath").asText().equals(path.text())) {
        path.invalid("must not already exist as a path in volumeDevices");
      }
    }
  }

  /** Only a part of the volume. The faults name the list, as clients know them. */
  private static void below(Field mount, Field mounts, Map<String, JsonNode> volumes) {
    Field path = mount.at("subPath");
    Field expression = mount.at("subPathExpr");
    JsonNode volume = volumes.get(mount.at("name").text());
    if (volume != null && volume.has("image")) {
      for (Field part : new Field[] {path, expression}) {
        if (!part.isEmpty()) {
          part.invalid("not allowed in image volume sources");
        }
      }
    }
    mounts.at("subPath").with(path.node()).isIfSet(LocalPaths::descending);
    if (!path.isEmpty() && !expression.isEmpty()) {
      expression.invalid("subPathExpr and subPath are mutually exclusive");
    }
    mounts.at("subPathExpr").with(expression.node()).isIfSet(LocalPaths::descending);
  }

  private static void propagation(Field mode, Field mounts, boolean privileged) {
    Field at = mounts.at("mountPropagation").with(mode.node());
    at.oneOfIfSet("Bidirectional", "HostToContainer", "None");
    if (mode.text().equals("Bidirectional") && !privileged) {
      at.forbidden("Bidirectional mount propagation is available only to privileged containers");
    }
  }

  private static void readOnly(Field mount, Field at) {
    String mode = mount.at("recursiveReadOnly").text();
    if (mode.isEmpty() || mode.equals("Disabled")) {
      return;
    }
    if (!mode.equals("Enabled") && !mode.equals("IfPossible")) {
      at.with(mount.at("recursiveReadOnly").node())
          .unsupported("Disabled", "Enabled", "IfPossible");
      return;
    }
    if (!mount.at("readOnly").isTrue()) {
      at.forbidden("may only be specified when readOnly is true");
    }
    String propagation = mount.at("mountPropagation").text();
    if (!propagation.isEmpty() && !propagation.equals("None")) {
      at.forbidden("may only be specified when mountPropagation is None or not specified");
    }
  }

  private static void device(
      Field device,
      Map<String, JsonNode> volumes,
      Set<String> names,
      Set<String> nodes,
      JsonNode mounts) {
    Field name = device.at("name");
    Field path = device.at("devicePath");
    JsonNode volume = volumes.get(name.text());
    name.given();
    if (names.contains(name.text())) {
      name.invalid("must be unique");
    }
    if (volume == null) {
      name.notFound();
    } else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
      name.invalid(
          "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
    }
    path.given();
    if (nodes.contains(path.text())) {
      path.invalid("must be unique");
    }
    if (!LocalPaths.noBacksteps(path.text()).isEmpty()) {
      path.invalid("can not contain backsteps ('..')");
    } else {
      nodes.add(path.text());
    }
    for (JsonNode mount : mounts) {
      if (mount.path("name").asText().equals(name.text())) {
        name.invalid("must not already exist in volumeMounts");
      }
      if (mount.path("mountPath").asText().equals(path.text())) {
        path.invalid("must not already exist as a path in volumeMounts");
      }
    }
    if (!name.isEmpty()) {
      names.add(name.text());
    }
  }
}
