package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.live.LiveServer.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route that is judged by roles watched at its upstream, while that is there and afterwards. */
final class WatchedRightsTest {

  private static final String SYNCED = "sallyport_upstream_rbac_synced{upstream=\"%s\"} %s\n";
  private static final String CONTACT =
      "sallyport_upstream_rbac_last_contact_timestamp_seconds{upstream=\"%s\"} ";
  private static final String BINDING =
      "{'metadata':{'name':'ann'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io',"
          + "'kind':'ClusterRole','name':'view'},'subjects':[{'apiGroup':"
          + "'rbac.authorization.k8s.io','kind':'User','name':'ann'}]}";

  @TempDir Path folder;

  private LiveServer gate(LiveServer cluster, String refuseAfter) throws Exception {
    Path own = Files.createDirectory(folder.resolve("gate"));
    Files.writeString(
        own.resolve("cluster.kubeconfig"),
        """
        current-context: c
        clusters: [{name: c, cluster: {server: 'https://127.0.0.1:%d', certificate-authority: %s}}]
        users: [{name: c, user: {token: master}}]
        contexts: [{name: c, context: {cluster: c, user: c}}]
        """
            .formatted(cluster.port(), folder.resolve("data/ca.crt")));
    Path routes =
        Files.writeString(
            own.resolve("routes.yaml"),
            """
            apiVersion: sallyport.dev/v1alpha1
            kind: RouteConfiguration
            upstreams:
            - {name: blue, kubeconfig: {file: cluster.kubeconfig}}
            - {name: green, kubeconfig: {file: cluster.kubeconfig}}
            routes:
            - name: blue
              match: {pathPrefix: /blue}
              stripPrefix: true
              upstreams: [{name: blue}]
              authorization: {judge: UpstreamRBAC, watch: {refuseAfter: %s}}
            - name: green
              match: {pathPrefix: /green}
              stripPrefix: true
              upstreams: [{name: green}]
              authorization: {judge: UpstreamRBAC}
            """
                .formatted(refuseAfter));
    return LiveServer.start(own, "t-ann,ann,1\n", "--routes-config=" + routes);
  }

  private static Reply read(LiveServer gate, String cluster) throws Exception {
    return gate.get(
        "/" + cluster + "/api/v1/namespaces/default/configmaps", "Authorization: Bearer t-ann");
  }

  private static void awaits(LiveServer gate, String cluster, int status) throws Exception {
    while (read(gate, cluster).status() != status) {
      Thread.onSpinWait();
    }
  }

  private static String metrics(LiveServer gate) throws Exception {
    return gate.get("/metrics", "Authorization: Bearer master").body();
  }

  private static double contact(String metrics, String upstream) {
    String line = CONTACT.formatted(upstream);
    int at = metrics.indexOf(line) + line.length();
    return Double.parseDouble(metrics.substring(at, metrics.indexOf('\n', at)));
  }

  @Test
  void whatIsKnownDecidesOnUntilItIsTooOldAndMetricsTellIt() throws Exception {
    double before = Instant.now().toEpochMilli() / 1e3;
    try (LiveServer cluster = LiveServer.start(folder, "")) {
      cluster.json(
          "master", "POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", BINDING);
      try (LiveServer gate = gate(cluster, "4s")) {
        awaits(gate, "green", 200);
        String fresh = metrics(gate);
        assertTrue(fresh.contains(SYNCED.formatted("green", "1.0")), fresh);
        assertTrue(contact(fresh, "green") >= before - 1, fresh);
        cluster.close();
        while (!read(gate, "blue").body().contains("are too old to decide by")) {
          Thread.onSpinWait();
        }
        assertEquals(503, read(gate, "blue").status());
        // By what is known ann may read, and finds nobody there.
        Reply allowed = read(gate, "green");
        assertEquals(503, allowed.status(), allowed.body());
        assertTrue(allowed.body().contains("green"), allowed.body());
        assertEquals(
            403,
            gate.get("/green/api/v1/secrets", "Authorization: Bearer t-ann").status(),
            "what is known denies, too");
        String stale = metrics(gate);
        assertTrue(stale.contains(SYNCED.formatted("green", "0.0")), stale);
        assertTrue(stale.contains(SYNCED.formatted("blue", "0.0")), stale);
        assertTrue(contact(stale, "green") < Instant.now().toEpochMilli() / 1e3, stale);
      }
    }
  }
}
