package dev.sallyport.resources.registry;

import static dev.sallyport.resources.registry.RegistryFixture.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Status;
import dev.sallyport.resources.patch.PatchType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The core group beside pods and services, through the whole registry. */
class CoreKindsTest {

  private final RegistryFixture fixture = new RegistryFixture();

  @BeforeEach
  void makeNamespace() {
    fixture.create("-/namespaces", "{'metadata':{'name':'default'}}");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private ObjectNode create(String plural, String spec) {
    return fixture.create(path(plural), "{'metadata':{'name':'x'},%s}".formatted(spec));
  }

  private static String path(String plural) {
    return (plural.equals("nodes") || plural.equals("persistentvolumes") ? "-/" : "default/")
        + plural;
  }

  private static final String TEMPLATE =
      "{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}";

  @Test
  void aNodeBringsItsStatusAndKeepsItsNetwork() {
    ObjectNode node =
        create("nodes", "'spec':{'podCIDR':'10.2.0.0/24'},'status':{'capacity':{'cpu':'4'}}");
    assertEquals("[\"10.2.0.0/24\"]", node.at("/spec/podCIDRs").toString());
    assertEquals("4", node.at("/status/allocatable/cpu").asText());

    assertEquals(
        "Node \"x\" is invalid: spec.podCIDRs: Forbidden: node updates may not change podCIDR"
            + " except from \"\" to valid",
        refusal(
                () ->
                    fixture.patch(
                        PatchType.MERGE,
                        "-/nodes/x",
                        "{'spec':{'podCIDR':'10.3.0.0/24','podCIDRs':['10.3.0.0/24']}}"))
            .message());
    JsonNode cordoned =
        fixture.patch(
            PatchType.MERGE,
            "-/nodes/x",
            "{'spec':{'unschedulable':true,'taints':[{'key':'a','effect':'NoSchedule'}]},'status':{'capacity':null}}");
    assertTrue(cordoned.at("/spec/unschedulable").asBoolean());
    assertEquals("4", cordoned.at("/status/capacity/cpu").asText());
  }

  @Test
  void volumesAndClaimsStartPending() {
    ObjectNode volume =
        create(
            "persistentvolumes",
            "'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/x'}}");
    assertEquals("Pending", volume.at("/status/phase").asText());
    assertEquals("Retain", volume.at("/spec/persistentVolumeReclaimPolicy").asText());
    assertEquals("Filesystem", volume.at("/spec/volumeMode").asText());
    assertTrue(volume.at("/spec/hostPath").has("type"));
    assertTrue(
        refusal(
                () ->
                    fixture.patch(
                        PatchType.MERGE,
                        "-/persistentvolumes/x",
                        "{'spec':{'hostPath':{'path':'/y'}}}"))
            .message()
            .startsWith(
                "PersistentVolume \"x\" is invalid: spec.persistentvolumesource: Forbidden:"
                    + " spec.persistentvolumesource is immutable after creation\n"
                    + "- \thostPath.path: \"/x\"\n"));

    create("persistentvolumeclaims", CLAIM);
    assertEquals(
        "Pending", fixture.get("default/persistentvolumeclaims/x").at("/status/phase").asText());
    String bound = "{'status':{'phase':'Bound','capacity':{'storage':'1Gi'}}}";
    fixture.patch(PatchType.MERGE, "default/persistentvolumeclaims/x/status", bound);
    String resize = "{'spec':{'resources':{'requests':{'storage':'%s'}}}}";
    ObjectNode larger =
        fixture.patch(PatchType.MERGE, "default/persistentvolumeclaims/x", resize.formatted("2Gi"));
    assertEquals("2Gi", larger.at("/spec/resources/requests/storage").asText());
    assertEquals(
        "PersistentVolumeClaim \"x\" is invalid: spec.resources.requests.storage: Forbidden: field"
            + " can not be less than status.capacity",
        refusal(
                () ->
                    fixture.patch(
                        PatchType.MERGE,
                        "default/persistentvolumeclaims/x",
                        resize.formatted("1Gi")))
            .message());
    assertTrue(
        refusal(
                () ->
                    fixture.patch(
                        PatchType.MERGE,
                        "default/persistentvolumeclaims/x",
                        "{'spec':{'accessModes':['ReadWriteMany']}}"))
            .message()
            .contains(
                "spec: Forbidden: spec is immutable after creation except resources.requests and"
                    + " volumeAttributesClassName for bound claims"));
  }

  private static final String CLAIM =
      "'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}";

  @Test
  void aReplicationControllerIsItsTemplatesKeeper() {
    ObjectNode controller =
        create("replicationcontrollers", "'spec':{'template':" + TEMPLATE + "}");

    assertEquals(1, controller.at("/spec/replicas").asInt());
    assertEquals("{\"a\":\"b\"}", controller.at("/spec/selector").toString());
    assertEquals("{\"a\":\"b\"}", controller.at("/metadata/labels").toString());
    assertEquals("Always", controller.at("/spec/template/spec/restartPolicy").asText());
    assertFalse(controller.at("/spec/template/spec").has("enableServiceLinks"));
    assertEquals(0, controller.at("/status/replicas").asInt(-1));

    ObjectNode scale =
        fixture.patch(
            PatchType.MERGE, "default/replicationcontrollers/x/scale", "{'spec':{'replicas':3}}");
    assertEquals(3, scale.at("/spec/replicas").asInt());
    assertEquals("a=b", scale.at("/status/selector").asText());
  }

  @Test
  void limitsFillInOneAnother() {
    ObjectNode range =
        create(
            "limitranges",
            "'spec':{'limits':[{'type':'Container','max':{'cpu':'2'},'min':{'memory':'1Gi'}}]}");

    JsonNode limit = range.at("/spec/limits/0");
    assertEquals("{\"cpu\":\"2\"}", limit.path("default").toString());
    assertEquals("2", limit.at("/defaultRequest/cpu").asText());
    assertEquals("1Gi", limit.at("/defaultRequest/memory").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nodes|'spec':{'taints':[{'key':'a','effect':'No'}]}|metadata.taints[0].effect: Unsupported value: \"No\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\"",
        "nodes|'spec':{'podCIDRs':['10.0.0.0']}|spec.podCIDRs[0]: Invalid value: \"10.0.0.0\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
        "persistentvolumes|'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce']}|spec: Required value: must specify a volume type",
        "persistentvolumes|'spec':{'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/x'}}|spec.capacity: Required value",
        "persistentvolumes|'spec':{'capacity':{'storage':'1Gi'},'accessModes':['Any'],'hostPath':{'path':'/x'}}|spec.accessModes: Unsupported value: \"Any\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"",
        "persistentvolumes|'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'local':{'path':'/x'}}|spec.nodeAffinity: Required value: Local volume requires node affinity",
        "persistentvolumeclaims|'spec':{'accessModes':['ReadWriteOnce']}|spec.resources[storage]: Required value",
        "persistentvolumeclaims|'spec':{'resources':{'requests':{'storage':'1Gi'}}}|spec.accessModes: Required value: at least 1 access mode is required",
        "persistentvolumeclaims|'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'0'}}}|spec.resources[storage]: Invalid value: \"0\": must be greater than zero",
        "endpoints|'subsets':[{'ports':[{'port':80}]}]|subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`",
        "endpoints|'subsets':[{'addresses':[{'ip':'127.0.0.1'}]}]|subsets[0].addresses[0].ip: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)",
        "replicationcontrollers|'spec':{'selector':{'a':'c'},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}|spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`",
        "replicationcontrollers|'spec':{'selector':{'a':'b'},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}}|spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"",
        "podtemplates|'template':{'spec':{'containers':[{'name':'c'}]}}|template.spec.containers[0].image: Required value",
        "limitranges|'spec':{'limits':[{'type':'Container','min':{'cpu':'3'},'max':{'cpu':'2'}}]}|spec.limits[0].min[cpu]: Invalid value: \"3\": min value 3 is greater than max value 2",
        "limitranges|'spec':{'limits':[{'type':'Pod','default':{'cpu':'1'}}]}|spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'",
        "resourcequotas|'spec':{'hard':{'pods':'-1'}}|spec.hard[pods]: Invalid value: \"-1\": must be greater than or equal to 0",
        "resourcequotas|'spec':{'hard':{'gpus':'1'}}|spec.hard[gpus]: Invalid value: \"gpus\": must be a standard resource for quota",
        "resourcequotas|'spec':{'scopes':['BestEffort','NotBestEffort']}|spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\"]: conflicting scopes",
      })
  void refusesWhatBreaksTheRulesOfItsKind(String plural, String spec, String fault) {
    Status status = refusal(() -> create(plural, spec));

    assertEquals(422, status.code(), status.message());
    assertTrue(status.message().contains(fault), status.message());
  }
}
