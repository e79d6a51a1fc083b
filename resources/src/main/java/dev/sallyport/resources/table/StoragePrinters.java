package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Volumes, claims, and the classes and drivers behind them. */
final class StoragePrinters {

  private static final String STORAGE = "storage.k8s.io";

  private StoragePrinters() {}

  static void register(Printers printers) {
    printers.add("", "PersistentVolume", volume());
    printers.add("", "PersistentVolumeClaim", claim());
    printers.add(STORAGE, "StorageClass", storageClass());
    printers.add(STORAGE, "VolumeAttachment", attachment());
    printers.add(STORAGE, "CSINode", csiNode());
    printers.add(STORAGE, "CSIDriver", csiDriver());
    printers.add(STORAGE, "VolumeAttributesClass", attributesClass());
  }

  private static Printer volume() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Capacity", "How large it is"),
            Column.text("Access Modes", "How it can be mounted"),
            Column.text("Reclaim Policy", "What becomes of it once it is released"),
            Column.text("Status", "Whether it is bound"),
            Column.text("Claim", "The claim it is bound to"),
            Column.text("StorageClass", "The class it belongs to"),
            Column.text("VolumeAttributesClass", "The class of its attributes"),
            Column.text("Reason", "Why it is in its state"),
            Column.AGE,
            Column.wide("VolumeMode", "Filesystem or Block")),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          JsonNode claim = spec.path("claimRef");
          cells
              .text(Printer.name(object))
              .text(spec.path("capacity").path("storage").asText())
              .text(Texts.accessModes(spec.path("accessModes")))
              .text(spec.path("persistentVolumeReclaimPolicy").asText())
              .text(phase(object))
              .text(
                  claim.isMissingNode()
                      ? ""
                      : claim.path("namespace").asText() + "/" + claim.path("name").asText())
              .text(spec.path("storageClassName").asText())
              .text(unset(spec.path("volumeAttributesClassName").asText()))
              .text(object.path("status").path("reason").asText())
              .age(Printer.created(object))
              .text(unset(spec.path("volumeMode").asText()));
        });
  }

  private static Printer claim() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Status", "Whether it is bound"),
            Column.text("Volume", "The volume it is bound to"),
            Column.text("Capacity", "How large the volume is"),
            Column.text("Access Modes", "How the volume can be mounted"),
            Column.text("StorageClass", "The class it asks for"),
            Column.text("VolumeAttributesClass", "The class of attributes it asks for"),
            Column.AGE,
            Column.wide("VolumeMode", "Filesystem or Block")),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          JsonNode status = object.path("status");
          boolean bound = !spec.path("volumeName").asText().isEmpty();
          cells
              .text(Printer.name(object))
              .text(phase(object))
              .text(spec.path("volumeName").asText())
              .text(bound ? status.path("capacity").path("storage").asText() : "")
              .text(bound ? Texts.accessModes(status.path("accessModes")) : "")
              .text(spec.path("storageClassName").asText())
              .text(unset(spec.path("volumeAttributesClassName").asText()))
              .age(Printer.created(object))
              .text(unset(spec.path("volumeMode").asText()));
        });
  }

  private static String unset(String text) {
    return text.isEmpty() ? "<unset>" : text;
  }

  private static String phase(JsonNode object) {
    return object.path("metadata").has("deletionTimestamp")
        ? "Terminating"
        : object.path("status").path("phase").asText();
  }

  private static Printer storageClass() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Provisioner", "Who makes its volumes"),
            Column.text("ReclaimPolicy", "What becomes of released volumes"),
            Column.text("VolumeBindingMode", "When volumes are bound"),
            Column.text("AllowVolumeExpansion", "Whether volumes can grow"),
            Column.AGE),
        (object, cells) -> {
          JsonNode annotations = object.path("metadata").path("annotations");
          boolean preferred =
              annotations
                  .path("storageclass.kubernetes.io/is-default-class")
                  .asText()
                  .equals("true");
          cells
              .text(Printer.name(object) + (preferred ? " (default)" : ""))
              .text(object.path("provisioner").asText())
              .text(object.path("reclaimPolicy").asText("Delete"))
              .text(object.path("volumeBindingMode").asText("<unset>"))
              .flag(object.path("allowVolumeExpansion").asBoolean())
              .age(Printer.created(object));
        });
  }

  private static Printer attachment() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.text("Attacher", "Who attaches the volume"),
            Column.text("PV", "The volume"),
            Column.text("Node", "Where it is to be attached"),
            Column.flag("Attached", "Whether it is attached"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          cells
              .text(Printer.name(object))
              .text(spec.path("attacher").asText())
              .text(spec.path("source").path("persistentVolumeName").asText())
              .text(spec.path("nodeName").asText())
              .flag(object.path("status").path("attached").asBoolean())
              .age(Printer.created(object));
        });
  }

  private static Printer csiNode() {
    return new Printer(
        List.of(Column.NAME, Column.number("Drivers", "How many drivers the node has"), Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .number(object.path("spec").path("drivers").size())
                .age(Printer.created(object)));
  }

  private static Printer csiDriver() {
    return new Printer(
        List.of(
            Column.NAME,
            Column.flag("AttachRequired", "Whether volumes must be attached first"),
            Column.flag("PodInfoOnMount", "Whether mounts are told of the pod"),
            Column.flag("StorageCapacity", "Whether free capacity is looked at"),
            Column.text("TokenRequests", "The audiences of tokens it gets"),
            Column.flag("RequiresRepublish", "Whether mounts are refreshed"),
            Column.text("Modes", "How its volumes live"),
            Column.AGE),
        (object, cells) -> {
          JsonNode spec = object.path("spec");
          String audiences = Texts.join(spec.path("tokenRequests"), "audience");
          cells
              .text(Printer.name(object))
              .flag(spec.path("attachRequired").asBoolean(true))
              .flag(spec.path("podInfoOnMount").asBoolean())
              .flag(spec.path("storageCapacity").asBoolean())
              .text(unset(audiences))
              .flag(spec.path("requiresRepublish").asBoolean())
              .textOrNone(Texts.join(spec.path("volumeLifecycleModes"), ""))
              .age(Printer.created(object));
        });
  }

  private static Printer attributesClass() {
    return new Printer(
        List.of(Column.NAME, Column.text("DriverName", "Whose attributes they are"), Column.AGE),
        (object, cells) ->
            cells
                .text(Printer.name(object))
                .text(object.path("driverName").asText())
                .age(Printer.created(object)));
  }
}
