package dev.sallyport.resources.kinds.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppsKindsTest {

  private static final String TEMPLATE =
      """
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: web, image: nginx}]
      """;

  private final KindFixture kinds = new KindFixture();

  @AfterEach
  void close() {
    kinds.close();
  }

  private static String workload(String kind, String more) {
    return "apiVersion: apps/v1\nkind: "
        + kind
        + "\nmetadata: {name: web}\nspec:\n"
        + TEMPLATE
        + (more.isEmpty() ? "" : "  " + more + "\n");
  }

  private static String json(JsonNode node) {
    return node.toString().replace('"', '\'');
  }

  @Test
  void deploymentGetsItsDefaults() {
    ObjectNode made = kinds.create(workload("Deployment", ""));
    JsonNode spec = made.path("spec");
    assertEquals(1, spec.path("replicas").asInt());
    assertEquals(
        "{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':'25%','maxSurge':'25%'}}",
        json(spec.path("strategy")));
    assertEquals(10, spec.path("revisionHistoryLimit").asInt());
    assertEquals(600, spec.path("progressDeadlineSeconds").asInt());
    assertEquals(1, made.path("metadata").path("generation").asInt());
    assertEquals("{}", json(made.path("status")));
  }

  @Test
  void recreatingDeploymentHasNoRollingUpdate() {
    ObjectNode made = kinds.create(workload("Deployment", "strategy: {type: Recreate}"));
    assertEquals("{'type':'Recreate'}", json(made.path("spec").path("strategy")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "replicas: -1 | spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "strategy: {type: Blue} | spec.strategy.type: Unsupported value: \"Blue\": supported values: \"Recreate\", \"RollingUpdate\"",
        "strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}} | spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
        "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}} | spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0",
        "strategy: {rollingUpdate: {maxUnavailable: 101%}} | spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%",
        "progressDeadlineSeconds: 0 | spec.progressDeadlineSeconds: Invalid value: 0: must be greater than minReadySeconds",
      })
  void checksDeployments(String field, String fault) {
    assertEquals(fault, kinds.refused(workload("Deployment", field)));
  }

  @Test
  void percentMustBeANumberAndASign() {
    assertEquals(
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: \"a%\": a valid percent string must be"
            + " a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for"
            + " validation is '[0-9]+%')",
        kinds.refused(workload("Deployment", "strategy: {rollingUpdate: {maxSurge: a%}}")));
  }

  @Test
  void selectorMustPickTheTemplate() {
    String manifest =
        workload("Deployment", "").replace("{labels: {app: web}}", "{labels: {app: x}}");
    assertEquals(
        "spec.template.metadata.labels: Invalid value: {\"app\":\"x\"}: `selector` does not match"
            + " template `labels`",
        kinds.refused(manifest));
  }

  @Test
  void selectorIsRequired() {
    String manifest = workload("Deployment", "").replace("selector: {matchLabels: {app: web}}", "");
    assertEquals(
        "spec.selector: Required value\nspec.template.metadata.labels: Invalid value:"
            + " {\"app\":\"web\"}: `selector` does not match template `labels`",
        kinds.refused(manifest));
  }

  @ParameterizedTest
  @CsvSource({"Deployment,deployments", "ReplicaSet,replicasets", "DaemonSet,daemonsets"})
  void selectorNeverChanges(String kind, String plural) {
    kinds.create(workload(kind, ""));
    assertEquals(
        "spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"web\",\"tier\":\"1\"}}: field is"
            + " immutable",
        kinds.refusedPatch(
            "apps/v1/" + plural + "/web",
            "{'spec':{'selector':{'matchLabels':{'tier':'1'}},"
                + "'template':{'metadata':{'labels':{'tier':'1'}}}}}"));
  }

  @Test
  void generationCountsSpecAndADeploymentsAnnotations() {
    kinds.create(workload("Deployment", ""));
    String path = "apps/v1/deployments/web";
    assertEquals(2, generation(kinds.patch(path, "{'spec':{'replicas':3}}")));
    assertEquals(3, generation(kinds.patch(path, "{'metadata':{'annotations':{'a':'b'}}}")));
    assertEquals(3, generation(kinds.patch(path, "{'metadata':{'labels':{'a':'b'}}}")));
    assertEquals(3, generation(kinds.patch(path + "/status", "{'status':{'replicas':3}}")));
    assertEquals(4, generation(kinds.patch(path + "/scale", "{'spec':{'replicas':5}}"), path));
  }

  @Test
  void scaleIsNotNegative() {
    kinds.create(workload("Deployment", ""));
    assertEquals(
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        kinds.refusedPatch("apps/v1/deployments/web/scale", "{'spec':{'replicas':-1}}"));
  }

  private static int generation(ObjectNode object) {
    return object.path("metadata").path("generation").asInt();
  }

  private int generation(ObjectNode scale, String path) {
    assertEquals("Scale", scale.path("kind").asText());
    return generation(kinds.get(path));
  }

  @Test
  void statusLeavesSpecAndLabelsAlone() {
    kinds.create(workload("Deployment", ""));
    ObjectNode changed =
        kinds.patch(
            "apps/v1/deployments/web/status",
            "{'metadata':{'labels':{'x':'y'}},'spec':{'replicas':9},"
                + "'status':{'replicas':1,'readyReplicas':1}}");
    assertEquals(1, changed.path("spec").path("replicas").asInt());
    assertFalse(changed.path("metadata").has("labels"));
    assertEquals(1, changed.path("status").path("readyReplicas").asInt());
  }

  @Test
  void statusMustAddUp() {
    kinds.create(workload("Deployment", ""));
    assertEquals(
        "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas",
        kinds.refusedPatch(
            "apps/v1/deployments/web/status", "{'status':{'replicas':1,'readyReplicas':2}}"));
    kinds.patch("apps/v1/deployments/web/status", "{'status':{'collisionCount':2}}");
    assertEquals(
        "status.collisionCount: Invalid value: 1: cannot be decremented",
        kinds.refusedPatch("apps/v1/deployments/web/status", "{'status':{'collisionCount':1}}"));
  }

  @Test
  void daemonSetCountsItsTemplates() {
    ObjectNode made = kinds.create(workload("DaemonSet", ""));
    assertEquals(
        "{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':1,'maxSurge':0}}",
        json(made.path("spec").path("updateStrategy")));
    String annotation = "deprecated.daemonset.template.generation";
    assertEquals("1", made.path("metadata").path("annotations").path(annotation).asText());
    ObjectNode changed =
        kinds.patch(
            "apps/v1/daemonsets/web",
            "{'spec':{'template':{'metadata':{'annotations':{'restarted':'now'}}}}}");
    assertEquals("2", changed.path("metadata").path("annotations").path(annotation).asText());
    assertEquals(2, generation(changed));
  }

  @Test
  void daemonSetTakesPodsAwayOrAddsThem() {
    assertEquals(
        "spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when"
            + " maxUnavailable is non-zero",
        kinds.refused(workload("DaemonSet", "updateStrategy: {rollingUpdate: {maxSurge: 1}}")));
    assertEquals(
        "spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge"
            + " is 0",
        kinds.refused(
            workload("DaemonSet", "updateStrategy: {rollingUpdate: {maxUnavailable: 0}}")));
  }

  @Test
  void statefulSetGetsItsDefaults() {
    ObjectNode made =
        kinds.create(
            workload(
                "StatefulSet",
                "volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes:"
                    + " [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]"));
    JsonNode spec = made.path("spec");
    assertEquals("OrderedReady", spec.path("podManagementPolicy").asText());
    assertEquals(
        "{'type':'RollingUpdate','rollingUpdate':{'partition':0}}",
        json(spec.path("updateStrategy")));
    assertEquals(
        "{'whenDeleted':'Retain','whenScaled':'Retain'}",
        json(spec.path("persistentVolumeClaimRetentionPolicy")));
    JsonNode claim = spec.path("volumeClaimTemplates").path(0);
    assertEquals("PersistentVolumeClaim", claim.path("kind").asText());
    assertEquals("Filesystem", claim.path("spec").path("volumeMode").asText());
    assertEquals("Pending", claim.path("status").path("phase").asText());
  }

  @Test
  void statefulSetChangesInAFewFieldsOnly() {
    kinds.create(workload("StatefulSet", "serviceName: web"));
    String path = "apps/v1/statefulsets/web";
    ObjectNode changed =
        kinds.patch(path, "{'spec':{'replicas':3,'minReadySeconds':5,'revisionHistoryLimit':2}}");
    assertEquals(3, changed.path("spec").path("replicas").asInt());
    assertEquals(
        "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals',"
            + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
            + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
        kinds.refusedPatch(path, "{'spec':{'serviceName':'other'}}"));
  }

  @Test
  void statefulSetIsNamedLikeItsPods() {
    String fault =
        kinds.refused(workload("StatefulSet", "").replace("{name: web}", "{name: web.example}"));
    assertTrue(
        fault.startsWith(
            "metadata.name: Invalid value: \"web.example\": a lowercase RFC 1123 label"),
        fault);
  }

  @Test
  void revisionKeepsItsData() {
    kinds.create(
        "{apiVersion: apps/v1, kind: ControllerRevision, metadata: {name: r}, data: {a: 1},"
            + " revision: 1}");
    String path = "apps/v1/controllerrevisions/r";
    assertEquals(2, kinds.patch(path, "{'revision':2}").path("revision").asInt());
    assertEquals(
        "data: Invalid value: {\"a\":2}: field is immutable",
        kinds.refusedPatch(path, "{'data':{'a':2}}"));
    assertEquals(
        "data: Required value: data is mandatory",
        kinds.refused(
            "{apiVersion: apps/v1, kind: ControllerRevision, metadata: {name: s}, revision: 1}"));
  }
}
