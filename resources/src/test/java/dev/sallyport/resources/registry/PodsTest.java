package dev.sallyport.resources.registry;

import static dev.sallyport.resources.registry.RegistryFixture.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Status;
import dev.sallyport.resources.patch.PatchType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods through the whole registry. */
class PodsTest {

  private final RegistryFixture fixture = new RegistryFixture();

  @BeforeEach
  void makeNamespace() {
    fixture.create("-/namespaces", "{'metadata':{'name':'default'}}");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private ObjectNode create(String spec) {
    return fixture.create("default/pods", pod(spec));
  }

  private static String pod(String spec) {
    return "{'metadata':{'name':'web'},'spec':%s}".formatted(spec);
  }

  private static final String NGINX = "{'containers':[{'name':'c','image':'nginx'}]}";

  @Test
  void fillsInWhatAManifestLeavesOut() {
    ObjectNode pod =
        create(
            "{'containers':[{'name':'c','image':'nginx','ports':[{'containerPort':80}],"
                + "'livenessProbe':{'httpGet':{'port':80}},'resources':{'limits':{'cpu':'1'}}}],"
                + "'volumes':[{'name':'a'},{'name':'b','secret':{'secretName':'s'}}]}");

    JsonNode expected =
        fixture.codec.read(
            ("{'volumes':[{'name':'a','emptyDir':{}},{'name':'b','secret':"
                    + "{'secretName':'s','defaultMode':420}}],'containers':[{'name':'c','image':"
                    + "'nginx','ports':[{'containerPort':80,'protocol':'TCP'}],'resources':{'limits':"
                    + "{'cpu':'1'},'requests':{'cpu':'1'}},'livenessProbe':{'httpGet':{'path':'/',"
                    + "'port':80,'scheme':'HTTP'},'timeoutSeconds':1,'periodSeconds':10,"
                    + "'successThreshold':1,'failureThreshold':3},'terminationMessagePath':"
                    + "'/dev/termination-log','terminationMessagePolicy':'File','imagePullPolicy':"
                    + "'Always'}],'restartPolicy':'Always','terminationGracePeriodSeconds':30,"
                    + "'dnsPolicy':'ClusterFirst','securityContext':{},'schedulerName':"
                    + "'default-scheduler','enableServiceLinks':true}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));
    assertEquals(expected, pod.path("spec"));
    assertEquals("Pending", pod.at("/status/phase").asText());
    assertEquals("Burstable", pod.at("/status/qosClass").asText());
    assertEquals(1, pod.at("/metadata/generation").asInt());
  }

  @ParameterizedTest
  @CsvSource({
    "nginx,Always",
    "nginx:latest,Always",
    "registry:5000/team/app,Always",
    "nginx:1.27,IfNotPresent",
    "nginx@sha256:0123,IfNotPresent",
    "registry:5000/team/app:v2,IfNotPresent",
    "NotAnImage,IfNotPresent",
  })
  void pullsByTag(String image, String policy) {
    ObjectNode pod = create("{'containers':[{'name':'c','image':'%s'}]}".formatted(image));

    assertEquals(policy, pod.at("/spec/containers/0/imagePullPolicy").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'limits':{'cpu':'1','memory':'1Gi'}}|Guaranteed",
        "{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'500m'}}|Burstable",
        "{'limits':{'cpu':'1'}}|Burstable",
        "{'requests':{'memory':'1Gi'}}|Burstable",
        "{}|BestEffort",
      },
      quoteCharacter = '`')
  void classesPodsByWhatTheyAskFor(String resources, String quality) {
    ObjectNode pod =
        create("{'containers':[{'name':'c','image':'i','resources':%s}]}".formatted(resources));

    assertEquals(quality, pod.at("/status/qosClass").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'containers':[]}|spec.containers: Required value",
        "{'containers':[{'name':'C','image':'i'}]}|spec.containers[0].name: Invalid value: \"C\": a lowercase RFC 1123 label",
        "{'containers':[{'name':'c'}]}|spec.containers[0].image: Required value",
        "{'containers':[{'name':'c','image':'i'},{'name':'c','image':'i'}]}|spec.containers[1].name: Duplicate value: \"c\"",
        "{'containers':[{'name':'c','image':'i','imagePullPolicy':'Never2'}]}|spec.containers[0].imagePullPolicy: Unsupported value: \"Never2\": supported values: \"Always\", \"IfNotPresent\", \"Never\"",
        "{'containers':[{'name':'c','image':'i','ports':[{'containerPort':70000}]}]}|spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
        "{'containers':[{'name':'c','image':'i','ports':[{'containerPort':80,'hostPort':1},{'containerPort':81,'hostPort':1}]}]}|spec.containers[0].ports[1].hostPort: Duplicate value: \"TCP//1\"",
        "{'containers':[{'name':'c','image':'i','env':[{'name':'A=B','value':'x'}]}]}|spec.containers[0].env[0].name: Invalid value: \"A=B\": a valid environment variable name must consist only of printable ASCII characters other than '='",
        "{'containers':[{'name':'c','image':'i','env':[{'name':'A','valueFrom':{'fieldRef':{'fieldPath':'metadata.colour'}}}]}]}|spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"metadata.colour\": error converting fieldPath: field label not supported: metadata.colour",
        "{'containers':[{'name':'c','image':'i','volumeMounts':[{'name':'v','mountPath':'/x'}]}]}|spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
        "{'containers':[{'name':'c','image':'i','resources':{'limits':{'cpu':'1'},'requests':{'cpu':'2'}}}]}|spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1",
        "{'containers':[{'name':'c','image':'i','resources':{'limits':{'gpu':'1'}}}]}|spec.containers[0].resources.limits[gpu]: Invalid value: \"gpu\": must be a standard resource for containers",
        "{'containers':[{'name':'c','image':'i','livenessProbe':{}}]}|spec.containers[0].livenessProbe: Required value: must specify a handler type",
        "{'containers':[{'name':'c','image':'i','livenessProbe':{'exec':{'command':['x']},'successThreshold':2}}]}|spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1",
        "{'containers':[{'name':'c','image':'i'}],'volumes':[{'name':'v','secret':{}}]}|spec.volumes[0].secret.secretName: Required value",
        "{'containers':[{'name':'c','image':'i'}],'volumes':[{'name':'v','emptyDir':{},'hostPath':{'path':'/'}}]}|may not specify more than 1 volume type",
        "{'containers':[{'name':'c','image':'i'}],'restartPolicy':'Sometimes'}|spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"OnFailure\", \"Never\"",
        "{'containers':[{'name':'c','image':'i'}],'dnsPolicy':'None'}|spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None",
        "{'containers':[{'name':'c','image':'i'}],'tolerations':[{'effect':'NoExecute'}]}|spec.tolerations[0].operator: Invalid value: \"\": operator must be Exists when `key` is empty, which means \"match all values and all keys\"",
        "{'containers':[{'name':'c','image':'i'}],'topologySpreadConstraints':[{'maxSkew':0,'topologyKey':'z','whenUnsatisfiable':'DoNotSchedule'}]}|spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
        "{'containers':[{'name':'c','image':'i'}],'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[]}}}}|must have at least one node selector term",
        "{'containers':[{'name':'c','image':'i'}],'securityContext':{'runAsUser':-1}}|spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
        "{'containers':[{'name':'c','image':'i'}],'initContainers':[{'name':'c','image':'i','readinessProbe':{'exec':{'command':['x']}}}]}|spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always",
        "{'containers':[{'name':'c','image':'i'}],'ephemeralContainers':[{'name':'d','image':'i'}]}|spec.ephemeralContainers: Forbidden: cannot be set on create",
        "{'containers':[{'name':'c','image':'i'}],'activeDeadlineSeconds':0}|spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive",
        "{'containers':[{'name':'c','image':'i','ports':[{'containerPort':80,'hostPort':81}]}],'hostNetwork':true}|spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true",
      })
  void refusesWhatNoPodCanBe(String spec, String fault) {
    Status status = refusal(() -> create(spec));

    assertEquals(422, status.code());
    assertTrue(status.message().contains(fault), status.message());
  }

  @Test
  void onlyImagesDeadlinesAndTolerationsChange() {
    ObjectNode pod = create(NGINX);
    String image = "{'spec':{'containers':[{'name':'c','image':'nginx:2'}]}}";
    pod = fixture.patch(PatchType.STRATEGIC, "default/pods/web", image);
    assertEquals("nginx:2", pod.at("/spec/containers/0/image").asText());
    assertEquals(2, pod.at("/metadata/generation").asInt());

    Status status =
        refusal(
            () ->
                fixture.patch(
                    PatchType.MERGE, "default/pods/web", "{'spec':{'hostname':'other'}}"));

    assertEquals(422, status.code());
    String message = status.message();
    assertTrue(
        message.startsWith(
            "Pod \"web\" is invalid: spec: Forbidden: pod updates may not change fields other than"
                + " `spec.containers[*].image`,"),
        message);
    assertTrue(message.contains("+ \thostname: \"other\""), message);
  }

  @Test
  void tolerationsAreAddedAndNeverTaken() {
    create(
        "{'containers':[{'name':'c','image':'i'}],'tolerations':[{'key':'a','operator':'Exists'}]}");
    ObjectNode pod =
        fixture.patch(
            PatchType.MERGE,
            "default/pods/web",
            "{'spec':{'tolerations':[{'key':'a','operator':'Exists'},{'key':'b','operator':'Exists'}]}}");
    assertEquals(2, pod.at("/spec/tolerations").size());

    Status status =
        refusal(
            () ->
                fixture.patch(PatchType.MERGE, "default/pods/web", "{'spec':{'tolerations':[]}}"));

    assertEquals(
        "Pod \"web\" is invalid: spec.tolerations: Forbidden: existing toleration can not be"
            + " modified except its tolerationSeconds",
        status.message());
  }

  @Test
  void ephemeralContainersComeByTheirSubresourceAndStay() {
    create(NGINX);
    String debugger = "{'spec':{'ephemeralContainers':[{'name':'debug','image':'busybox'}]}}";
    ObjectNode pod =
        fixture.patch(PatchType.STRATEGIC, "default/pods/web/ephemeralcontainers", debugger);
    assertEquals("Always", pod.at("/spec/ephemeralContainers/0/imagePullPolicy").asText());

    Status status =
        refusal(
            () ->
                fixture.patch(
                    PatchType.MERGE,
                    "default/pods/web/ephemeralcontainers",
                    "{'spec':{'ephemeralContainers':null}}"));

    assertTrue(
        status.message().contains("existing ephemeral containers \"debug\" may not be removed"),
        status.message());
  }

  @Test
  void statusIsTheKubeletsAndNothingElse() {
    create(NGINX);
    ObjectNode pod =
        fixture.patch(
            PatchType.MERGE,
            "default/pods/web/status",
            "{'spec':{'hostname':'x'},'status':{'phase':'Running','podIP':'10.1.2.3','podIPs':[{'ip':'10.1.2.3'}]}}");

    assertEquals("Running", pod.at("/status/phase").asText());
    assertEquals("BestEffort", pod.at("/status/qosClass").asText());
    assertFalse(pod.path("spec").has("hostname"));
  }

  @Test
  void goesAtOnceWithoutANodeAndWithGraceOnOne() {
    create(NGINX);
    assertInstanceOf(DeleteResult.Object.class, fixture.delete("default/pods/web", ""));
    assertEquals(404, refusal(() -> fixture.get("default/pods/web")).code());

    create("{'nodeName':'n1','containers':[{'name':'c','image':'i'}]}");
    fixture.delete("default/pods/web", "");
    JsonNode metadata = fixture.get("default/pods/web").path("metadata");
    assertEquals(30, metadata.path("deletionGracePeriodSeconds").asInt());
    assertEquals("2026-11-22T08:00:30Z", metadata.path("deletionTimestamp").asText());

    fixture.delete("default/pods/web", "{'gracePeriodSeconds':0}");
    assertEquals(404, refusal(() -> fixture.get("default/pods/web")).code());
  }

  @Test
  void aNullAmongContainersIsNoCrash() {
    Status status = refusal(() -> create("{'containers':[null],'volumes':[null]}"));

    assertEquals(422, status.code(), status.toString());
    assertEquals(404, refusal(() -> fixture.get("default/pods/web")).code());
  }

  @Test
  void heldBackByGatesThePodSaysSo() {
    ObjectNode pod =
        create(
            "{'schedulingGates':[{'name':'example.com/wait'}],'containers':[{'name':'c','image':'i'}]}");

    assertEquals("SchedulingGated", pod.at("/status/conditions/0/reason").asText());
    assertEquals(
        422,
        refusal(
                () ->
                    fixture.create(
                        "default/pods",
                        "{'metadata':{'name':'b'},'spec':{'nodeName':'n','schedulingGates':[{'name':'a.b/c'}],"
                            + "'containers':[{'name':'c','image':'i'}]}}"))
            .code());
  }

  @Test
  void resizeChangesWhatIsAskedForWithinItsClass() {
    create("{'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'1'}}}]}");
    ObjectNode pod =
        fixture.patch(
            PatchType.STRATEGIC,
            "default/pods/web/resize",
            "{'spec':{'hostname':'no','containers':[{'name':'c','resources':{'requests':{'cpu':'2'}}}]}}");
    assertEquals("2", pod.at("/spec/containers/0/resources/requests/cpu").asText());
    assertFalse(pod.path("spec").has("hostname"));

    Status status =
        refusal(
            () ->
                fixture.patch(
                    PatchType.STRATEGIC,
                    "default/pods/web/resize",
                    "{'spec':{'containers':[{'name':'c','resources':{'limits':{'cpu':'2','memory':'1Gi'},"
                        + "'requests':{'memory':'1Gi'}}}]}}"));
    assertTrue(
        status.message().contains("Pod QOS Class may not change as a result of resizing"),
        status.message());
  }

  @Test
  void createsWhatTheRefusedBodiesAreVariantsOf() {
    assertEquals("web", create(NGINX).at("/metadata/name").asText());
    assertEquals(409, refusal(() -> create(NGINX)).code());
  }
}
