package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with objects by kubectl, several commands in a row, as they type them. */
@Needs("kubectl")
final class KubectlScriptsIT {

  private static final Path DOCS =
      Path.of(System.getProperty("sallyport.home", ".."), "docs").toAbsolutePath();

  private static final String WEB =
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
      """;

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

  private static Tool.Result type(String script) {
    return Tool.bash(
        folder,
        Map.of("KUBECONFIG", server.adminKubeconfig().toString(), "HOME", folder.toString()),
        "set -e\n" + script);
  }

  private static String done(String script) {
    return type(script).expectSuccess().out();
  }

  @Test
  void aDiffTellsWhatApplyWillDo() throws IOException {
    write("diffed.yaml", WEB.replace("name: web}", "name: diffed}"));
    done("kubectl apply -f diffed.yaml");
    assertEquals("", done("kubectl diff -f diffed.yaml"));

    write("diffed.yaml", WEB.replace("name: web}", "name: diffed}").replace("nginx:1", "nginx:2"));
    Tool.Result diff = type("kubectl diff -f diffed.yaml");

    assertEquals(1, diff.exit(), diff.err());
    assertTrue(diff.out().contains("-      - image: nginx:1\n+      - image: nginx:2"), diff.out());
    assertEquals(
        "nginx:1", done("kubectl get deploy diffed -o jsonpath='{..containers[0].image}'"));
  }

  @Test
  void anEditorChangesAnObject() {
    done("kubectl create configmap edited --from-literal=color=blue");

    String out = done("KUBE_EDITOR='sed -i s/blue/green/' kubectl edit configmap edited");

    assertEquals("configmap/edited edited\n", out);
    assertEquals("green", done("kubectl get configmap edited -o jsonpath='{.data.color}'"));
  }

  @Test
  void rolloutStatusFollowsAStatusThatSomebodyWrites() throws IOException {
    write("rolled.yaml", WEB.replace("name: web}", "name: rolled}"));
    done("kubectl apply -f rolled.yaml");
    String status =
        "{\"status\":{\"observedGeneration\":%d,\"replicas\":2,\"updatedReplicas\":2,"
            + "\"readyReplicas\":%3$d,\"availableReplicas\":%3$d,\"unavailableReplicas\":%2$d}}";
    patchStatus("rolled", status.formatted(1, 2, 0));
    String out =
        done(
            "kubectl rollout status deployment rolled --timeout=60s > rollout.txt &\n"
                + "watcher=$!\n"
                + "for i in $(seq 100); do grep -q Waiting rollout.txt && break; sleep 0.1; done\n"
                + "kubectl patch deployment rolled --subresource=status --type=merge -p '"
                + status.formatted(1, 0, 2)
                + "' > /dev/null\n"
                + "wait $watcher\n"
                + "cat rollout.txt");
    assertTrue(out.contains("Waiting for deployment \"rolled\" rollout to finish"), out);
    assertTrue(out.endsWith("deployment \"rolled\" successfully rolled out\n"), out);
  }

  @Test
  void scaleRestartAndUndoAreWrites() throws IOException {
    write("scaled.yaml", WEB.replace("name: web}", "name: scaled}"));
    done("kubectl apply -f scaled.yaml");
    assertEquals(
        "deployment.apps/scaled scaled\n", done("kubectl scale deployment scaled --replicas=5"));
    assertEquals("5", done("kubectl get deploy scaled -o jsonpath='{.spec.replicas}'"));
    done("kubectl set image deployment/scaled web=nginx:3");
    done("kubectl rollout restart deployment scaled");
    assertEquals(
        "nginx:3 4",
        done(
            "kubectl get deploy scaled -o"
                + " jsonpath='{..containers[0].image} {.metadata.generation}'"));
  }

  @Test
  void waitSeesAConditionComeAndAnObjectGo() throws IOException {
    write("awaited.yaml", WEB.replace("name: web}", "name: awaited}"));
    done("kubectl apply -f awaited.yaml");
    String out =
        done(
            "kubectl wait deployment awaited --for=condition=Available --timeout=60s > wait.txt &\n"
                + "waiter=$!\n"
                + "kubectl patch deployment awaited --subresource=status --type=merge -p '"
                + "{\"status\":{\"conditions\":[{\"type\":\"Available\",\"status\":\"True\"}]}}'"
                + " > /dev/null\n"
                + "wait $waiter\n"
                + "cat wait.txt\n"
                + "kubectl wait deployment awaited --for=delete --timeout=60s > gone.txt &\n"
                + "waiter=$!\n"
                + "kubectl delete deployment awaited --wait=false > /dev/null\n"
                + "wait $waiter");
    assertEquals("deployment.apps/awaited condition met\n", out);
  }

  @Test
  void explainKnowsFieldsInDepth() {
    String out = done("kubectl explain deployment.spec.strategy.rollingUpdate");
    assertTrue(out.contains("FIELD: rollingUpdate"), out);
    assertTrue(out.contains("maxSurge"), out);
    String all = done("kubectl explain cronjob --recursive");
    assertTrue(all.contains("concurrencyPolicy"), all);
  }

  @Test
  void serverSideApplyTellsOfConflicts() throws IOException {
    String manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: owned}\ndata: {a: '%s'}\n";
    write("owned.yaml", manifest.formatted(1));
    done("kubectl apply --server-side --field-manager=one -f owned.yaml");
    write("owned.yaml", manifest.formatted(2));

    Tool.Result conflict = type("kubectl apply --server-side --field-manager=two -f owned.yaml");

    assertEquals(1, conflict.exit());
    assertTrue(conflict.err().contains("conflict with \"one\": .data.a"), conflict.err());
    done("kubectl apply --server-side --field-manager=two --force-conflicts -f owned.yaml");
    assertEquals("2", done("kubectl get configmap owned -o jsonpath='{.data.a}'"));
  }

  @Test
  void nodesOfTheConformancePageAreReady() throws IOException {
    List<String> page = Files.readAllLines(DOCS.resolve("conformance.md"));
    List<String> lines =
        page.stream()
            .filter(line -> line.startsWith("kubectl "))
            .map(line -> line.replace("docs/", DOCS + "/"))
            .toList();
    assertEquals(4, lines.size());

    String out = done(String.join("\n", lines));

    assertTrue(out.contains("node-1   Ready"), out);
    assertTrue(out.contains("node-2   Ready"), out);
  }

  private static void patchStatus(String deployment, String patch) {
    done(
        "kubectl patch deployment %s --subresource=status --type=merge -p '%s'"
            .formatted(deployment, patch));
  }

  private static void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
