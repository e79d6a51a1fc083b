package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real kubectl at work, with the kubeconfig of the first start. */
@Needs("kubectl")
final class KubectlIT {

  @TempDir static Path folder;
  private static SallyportProcess server;

  @BeforeAll
  static void start() {
    server = SallyportProcess.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String kubectl(String arguments) {
    return server.kubectl(arguments).expectSuccess().out();
  }

  @Test
  void theFourNamespacesAreThere() {
    String names = kubectl("get namespaces -o name");
    assertEquals(
        "namespace/default\nnamespace/kube-node-lease\nnamespace/kube-public\n"
            + "namespace/kube-system\n",
        names);
  }

  @Test
  void theAdminIsWhoTheKubeconfigSays() {
    assertTrue(kubectl("auth whoami").contains("system:masters"));
  }

  @Test
  void createsAndReadsAConfigMap() {
    kubectl("create namespace cm-test");
    kubectl("create configmap a -n cm-test --from-literal=a=1");
    assertEquals("1", kubectl("get configmap a -n cm-test -o jsonpath={.data.a}"));
    assertTrue(kubectl("get configmaps -n cm-test").startsWith("NAME"));
    assertTrue(kubectl("describe configmap a -n cm-test").contains("a:\n----\n1"));
  }

  @Test
  void appliesDiffsAndAppliesAgain() throws IOException {
    Path manifest = folder.resolve("declared.yaml");
    String yaml =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: declared}\ndata: {color: blue}\n";
    Files.writeString(manifest, yaml);
    assertEquals("configmap/declared created\n", kubectl("apply -f declared.yaml"));
    assertEquals("configmap/declared unchanged\n", kubectl("apply -f declared.yaml"));
    Files.writeString(manifest, yaml.replace("blue", "green"));
    assertEquals("configmap/declared configured\n", kubectl("apply -f declared.yaml"));
    assertEquals("green", kubectl("get configmap declared -o jsonpath={.data.color}"));
  }

  @Test
  void refusesAnUnknownFieldBeforeAnythingIsStored() throws IOException {
    Files.writeString(
        folder.resolve("typo.yaml"),
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: typo}\ndatta: {color: blue}\n");
    Tool.Result result = server.kubectl("create -f typo.yaml");
    assertEquals(1, result.exit());
    assertTrue(result.err().contains("unknown field \"datta\""), result.err());
    assertEquals(1, server.kubectl("get configmap typo").exit());
  }

  @Test
  void workloadsAreMadeScaledAndRestarted() {
    kubectl("create deployment front --image=nginx --replicas=2");
    assertEquals(
        "RollingUpdate 25% Always",
        kubectl(
            "get deployment front -o 'jsonpath={.spec.strategy.type} "
                + "{.spec.strategy.rollingUpdate.maxSurge} "
                + "{.spec.template.spec.restartPolicy}'"));
    kubectl("autoscale deployment front --max=3 --cpu-percent=70");
    assertEquals(
        "70",
        kubectl(
            "get horizontalpodautoscalers.v1.autoscaling front"
                + " -o jsonpath={.spec.targetCPUUtilizationPercentage}"));
    kubectl("scale deployment front --replicas=4");
    kubectl("rollout restart deployment front");
    assertEquals("3", kubectl("get deployment front -o jsonpath={.metadata.generation}"));
    kubectl("create cronjob nightly --image=busybox --schedule=@daily -- date");
    kubectl("create job --from=cronjob/nightly now");
    assertEquals(
        "now", kubectl("get job now -o jsonpath={.spec.template.metadata.labels.job-name}"));
    Tool.Result refused =
        server.kubectl("create cronjob bad --image=busybox --schedule=@sometimes -- date");
    assertTrue(refused.err().contains("unrecognized descriptor: @sometimes"), refused.err());
    kubectl("delete deployment/front hpa/front job/now cronjob/nightly");
  }

  @Test
  void apiServicesAndSystemPrioritiesAreListed() {
    assertTrue(kubectl("get apiservice v1.apps").contains("Local"));
    kubectl("wait --for=condition=Available apiservice v1.batch --timeout=10s");
    assertEquals(
        "2000001000", kubectl("get priorityclass system-node-critical -o jsonpath={.value}"));
  }

  @Test
  void labelsPatchesAndDeletes() {
    kubectl("create configmap short-lived --from-literal=a=1");
    kubectl("label configmap short-lived stage=test");
    kubectl("patch configmap short-lived -p '{\"data\":{\"b\":\"2\"}}'");
    assertEquals("configmap/short-lived\n", kubectl("get configmaps -l stage=test -o name"));
    assertEquals("2", kubectl("get configmap short-lived -o jsonpath={.data.b}"));
    kubectl("delete configmap short-lived");
    assertEquals(1, server.kubectl("get configmap short-lived").exit());
  }

  @Test
  void explainsAndListsKinds() {
    assertTrue(kubectl("explain configmap.data").contains("FIELD: data"));
    String kinds = kubectl("api-resources");
    assertTrue(kinds.contains("clusterrolebindings"), kinds);
    assertTrue(kinds.contains("deployments"), kinds);
  }

  @Test
  void watchesUntilTheTimeIsUp() {
    kubectl("create configmap watched --from-literal=a=1");
    Tool.Result result = server.kubectl("get configmap watched --watch --request-timeout=2s");
    assertTrue(result.out().contains("watched"), result.out() + result.err());
  }

  @Test
  void storesKindsWhoseDepthComesLater() throws IOException {
    Files.writeString(
        folder.resolve("web.yaml"),
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: web, image: "nginx:1"}]
        """);
    kubectl("apply -f web.yaml");
    assertEquals("2", kubectl("get deployment web -o jsonpath={.spec.replicas}"));
    assertTrue(kubectl("get deployments").startsWith("NAME"));
  }

  @Test
  void deletesANamespaceWithWhatIsInIt() {
    kubectl("create namespace passing");
    kubectl("create configmap inside -n passing");
    kubectl("delete namespace passing --timeout=30s");
    assertEquals(1, server.kubectl("get namespace passing").exit());
  }

  @Test
  void canIAnswersForOthers() {
    Tool.Result result = server.kubectl("auth can-i list secrets --as=nobody");
    assertEquals("no\n", result.out());
    assertEquals("yes\n", kubectl("auth can-i list secrets"));
  }
}
