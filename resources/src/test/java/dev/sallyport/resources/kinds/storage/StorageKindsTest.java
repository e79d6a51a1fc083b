package dev.sallyport.resources.kinds.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of storage, scheduling, nodes and API registration. */
class StorageKindsTest {

  private final KindFixture kinds = new KindFixture();

  @AfterEach
  void close() {
    kinds.close();
  }

  private static String storage(String kind, String name, String body) {
    return "{apiVersion: storage.k8s.io/v1, kind: %s, metadata: {name: %s}, %s}"
        .formatted(kind, name, body);
  }

  @Test
  void storageClassIsSettled() {
    ObjectNode made = kinds.create(storage("StorageClass", "fast", "provisioner: csi.example.com"));
    assertEquals("Delete", made.path("reclaimPolicy").asText());
    assertEquals("Immediate", made.path("volumeBindingMode").asText());
    String path = "storage.k8s.io/v1/storageclasses/fast";
    assertEquals(
        "provisioner: Forbidden: updates to provisioner are forbidden.",
        kinds.refusedPatch(path, "{'provisioner':'other'}"));
    assertEquals(
        "parameters: Forbidden: updates to parameters are forbidden.\nreclaimPolicy: Forbidden:"
            + " updates to reclaimPolicy are forbidden.",
        kinds.refusedPatch(path, "{'parameters':{'a':'b'},'reclaimPolicy':'Retain'}"));
    assertTrue(
        kinds
            .patch(path, "{'allowVolumeExpansion':true}")
            .path("allowVolumeExpansion")
            .asBoolean());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "parameters: {a: b} | provisioner: Required value",
        "{}provisioner: x, reclaimPolicy: Recycle | reclaimPolicy: Unsupported value: \"Recycle\": supported values: \"Delete\", \"Retain\"",
        "{}provisioner: x, volumeBindingMode: Late | volumeBindingMode: Unsupported value: \"Late\": supported values: \"Immediate\", \"WaitForFirstConsumer\"",
      })
  void checksStorageClasses(String body, String fault) {
    assertEquals(fault, kinds.refused(storage("StorageClass", "c", body.replace("{}", ""))));
  }

  @Test
  void driverGetsItsDefaultsAndKeepsTwoOfThem() {
    ObjectNode made = kinds.create(storage("CSIDriver", "csi.example.com", "spec: {}"));
    JsonNode spec = made.path("spec");
    assertTrue(spec.path("attachRequired").asBoolean());
    assertEquals("[\"Persistent\"]", spec.path("volumeLifecycleModes").toString());
    assertEquals("ReadWriteOnceWithFSType", spec.path("fsGroupPolicy").asText());
    assertTrue(made.path("metadata").path("generation").isMissingNode());
    String path = "storage.k8s.io/v1/csidrivers/csi.example.com";
    assertEquals(
        "spec.attachRequired: Invalid value: false: field is immutable",
        kinds.refusedPatch(path, "{'spec':{'attachRequired':false}}"));
    ObjectNode changed = kinds.patch(path, "{'spec':{'podInfoOnMount':true}}");
    assertEquals(1, changed.path("metadata").path("generation").asInt());
    assertEquals(
        "spec.tokenRequests[0].expirationSeconds: Invalid value: 5: may not specify a duration less"
            + " than 10 minutes",
        kinds.refusedPatch(
            path, "{'spec':{'tokenRequests':[{'audience':'','expirationSeconds':5}]}}"));
  }

  @Test
  void nodesDriversStayUntilTheyGo() {
    kinds.create(storage("CSINode", "n1", "spec: {drivers: [{name: a.example.com, nodeID: i-1}]}"));
    String path = "storage.k8s.io/v1/csinodes/n1";
    assertEquals(
        "spec.drivers[0].nodeID: Invalid value: \"i-2\": field is immutable",
        kinds.refusedPatch(path, "{'spec':{'drivers':[{'name':'a.example.com','nodeID':'i-2'}]}}"));
    kinds.patch(path, "{'spec':{'drivers':[]}}");
    assertEquals(
        "spec.drivers[1].name: Duplicate value: \"b\"",
        kinds.refusedPatch(
            path, "{'spec':{'drivers':[{'name':'b','nodeID':'1'},{'name':'b','nodeID':'2'}]}}"));
  }

  @Test
  void attachmentNamesOneVolume() {
    String one = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
    assertEquals(
        "spec.source: Required value: " + one,
        kinds.refused(
            storage("VolumeAttachment", "v", "spec: {attacher: a.b, nodeName: n1, source: {}}")));
    kinds.create(
        storage(
            "VolumeAttachment",
            "v",
            "spec: {attacher: a.b, nodeName: n1, source: {persistentVolumeName: pv}}"));
    String path = "storage.k8s.io/v1/volumeattachments/v";
    assertTrue(
        kinds.refusedPatch(path, "{'spec':{'nodeName':'m'}}").endsWith(": field is immutable"));
    ObjectNode attached = kinds.patch(path + "/status", "{'status':{'attached':true}}");
    assertTrue(attached.path("status").path("attached").asBoolean());
  }

  @Test
  void attributesClassNeedsParameters() {
    assertEquals(
        "parameters: Required value: must contain at least one key/value pair",
        kinds.refused(storage("VolumeAttributesClass", "c", "driverName: a.b")));
    kinds.create(storage("VolumeAttributesClass", "c", "driverName: a.b, parameters: {iops: '9'}"));
    assertEquals(
        "parameters: Forbidden: updates to parameters are forbidden.",
        kinds.refusedPatch(
            "storage.k8s.io/v1/volumeattributesclasses/c", "{'parameters':{'iops':'8'}}"));
  }

  @Test
  void capacityBelongsToOneClass() {
    kinds.create(storage("CSIStorageCapacity", "c", "storageClassName: fast, capacity: 1Gi"));
    String path = "storage.k8s.io/v1/csistoragecapacities/c";
    assertEquals("2Gi", kinds.patch(path, "{'capacity':'2Gi'}").path("capacity").asText());
    assertEquals(
        "storageClassName: Invalid value: \"slow\": field is immutable",
        kinds.refusedPatch(path, "{'storageClassName':'slow'}"));
  }

  private static String priority(String name, String body) {
    return "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: %s}, %s}"
        .formatted(name, body);
  }

  @Test
  void prioritiesHaveTheirBounds() {
    ObjectNode made = kinds.create(priority("high", "value: 1000000000"));
    assertEquals("PreemptLowerPriority", made.path("preemptionPolicy").asText());
    assertEquals(
        "value: Forbidden: maximum allowed value of a user defined priority is 1000000000",
        kinds.refused(priority("higher", "value: 1000000001")));
    assertEquals(
        "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for"
            + " system use only. error: system-mine is not a known system priority class",
        kinds.refused(priority("system-mine", "value: 1")));
    kinds.create(priority("system-node-critical", "value: 2000001000"));
    assertEquals(
        "value: Forbidden: may not be changed in an update.",
        kinds.refusedPatch("scheduling.k8s.io/v1/priorityclasses/high", "{'value':5}"));
  }

  @Test
  void runtimeClassKeepsItsHandler() {
    kinds.create(
        "{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: g}, handler: runsc}");
    assertEquals(
        "handler: Invalid value: \"kata\": field is immutable",
        kinds.refusedPatch("node.k8s.io/v1/runtimeclasses/g", "{'handler':'kata'}"));
  }

  private static String service(String name, String spec) {
    return "{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: %s}, spec: %s}"
        .formatted(name, spec);
  }

  @Test
  void localApiServiceIsAvailableAtOnce() {
    ObjectNode made =
        kinds.create(
            service(
                "v1.example.com",
                "{group: example.com, version: v1, groupPriorityMinimum: 1000, versionPriority:"
                    + " 100}"));
    JsonNode condition = made.path("status").path("conditions").path(0);
    assertEquals("Available", condition.path("type").asText());
    assertEquals("Local", condition.path("reason").asText());
  }

  @Test
  void apiServiceIsNamedAfterWhatItServes() {
    assertEquals(
        "metadata.name: Invalid value: \"v2.example.com\": must be `spec.version+\".\"+spec.group`:"
            + " \"v1.example.com\"",
        kinds.refused(
            service(
                "v2.example.com",
                "{group: example.com, version: v1, groupPriorityMinimum: 1000, versionPriority:"
                    + " 100}")));
    assertEquals(
        "spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000\n"
            + "spec.versionPriority: Invalid value: 0: must be positive and less than 1000\n"
            + "spec.service.namespace: Required value",
        kinds.refused(
            service("v1.example.com", "{group: example.com, version: v1, service: {name: s}}")));
  }
}
