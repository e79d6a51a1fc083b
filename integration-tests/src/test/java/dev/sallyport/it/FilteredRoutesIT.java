package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kubectl through a gateway that answers lists with what its user may see, by roles and bindings
 * that it watches at the cluster behind.
 */
@Needs({"kubectl", "curl"})
final class FilteredRoutesIT {

  private static final String ROUTES =
      """
      apiVersion: sallyport.dev/v1alpha1
      kind: RouteConfiguration
      upstreams:
      - name: prod
        kubeconfig: {file: %s}
      routes:
      - name: prod
        upstreams: [{name: prod}]
        authorization: {judge: UpstreamRBAC}
        filterLists: true
      """;

  @TempDir Path folder;

  private Tool.Result run(SallyportProcess cluster, SallyportProcess gateway, String script) {
    String client =
        "kubectl --server=%s --certificate-authority=%s --token="
            .formatted(gateway.url(""), authority(gateway));
    return Tool.bash(
        folder,
        Map.of("HOME", folder.toString(), "KUBECONFIG", folder.resolve("none").toString()),
        script
            .replace("ANN", client + "t-ann")
            .replace("ROOT", client + "t-root")
            .replace("CLUSTER", "kubectl --kubeconfig=" + cluster.adminKubeconfig())
            .replace("CA", authority(gateway))
            .replace("URL", gateway.url("")));
  }

  private static String authority(SallyportProcess server) {
    return server.folder().resolve("sallyport-data/ca.crt").toString();
  }

  @Test
  void kubectlSeesItsNamespacesAndBeginsAnewWhenThereAreMore() throws Exception {
    Path behind = Files.createDirectory(folder.resolve("cluster"));
    Path before = Files.createDirectory(folder.resolve("gateway"));
    Files.writeString(before.resolve("tokens.csv"), "t-ann,ann,u1\nt-root,root,u2\n");
    try (SallyportProcess cluster = SallyportProcess.start(behind)) {
      Files.writeString(before.resolve("routes.yaml"), ROUTES.formatted(cluster.adminKubeconfig()));
      try (SallyportProcess gateway =
          SallyportProcess.start(
              before, "--token-auth-file=tokens.csv", "--routes-config=routes.yaml")) {
        look(cluster, gateway);
      }
    }
  }

  private void look(SallyportProcess cluster, SallyportProcess gateway) {
    run(
            cluster,
            gateway,
            """
            set -e
            for each in red blue; do
              CLUSTER create namespace $each
              for i in $(seq 100); do CLUSTER run web-$each --image=x -n $each && break; sleep 0.2; done
            done
            CLUSTER create rolebinding ann-views --clusterrole=view --user=ann -n red
            CLUSTER create clusterrolebinding root --clusterrole=cluster-admin --user=root
            for i in $(seq 100); do ANN get pods -A && ROOT get pods -A && break; sleep 0.2; done
            """)
        .expectSuccess();

    assertEquals("namespace/red\n", run(cluster, gateway, "ANN get ns -o name").out());
    String pods = run(cluster, gateway, "ANN get pods -A").expectSuccess().out();
    assertTrue(pods.startsWith("NAMESPACE "), pods);
    assertTrue(pods.contains("web-red") && !pods.contains("blue"), pods);

    String watched =
        run(
                cluster,
                gateway,
                """
                at=$(ANN get --raw /api/v1/pods | grep -o '"resourceVersion":"[0-9]*"' | head -1 | tr -dc 0-9)
                curl -sN --max-time 60 --cacert CA -H 'Authorization: Bearer t-ann' \\
                  "URL/api/v1/pods?watch=1&resourceVersion=$at" &
                CLUSTER create rolebinding ann-views --clusterrole=view --user=ann -n blue >&2
                wait
                """)
            .expectSuccess()
            .out();
    assertTrue(watched.contains("\"reason\":\"Expired\",\"code\":410"), watched);
    assertEquals(
        "pod/web-blue\npod/web-red\n",
        run(cluster, gateway, "ANN get pods -A -o name").expectSuccess().out());

    assertEquals(
        run(cluster, gateway, "CLUSTER get --raw '/api/v1/namespaces?limit=2'").out(),
        run(cluster, gateway, "ROOT get --raw '/api/v1/namespaces?limit=2'").expectSuccess().out());
    assertEquals(1, run(cluster, gateway, "ANN get nodes").exit());
  }
}
