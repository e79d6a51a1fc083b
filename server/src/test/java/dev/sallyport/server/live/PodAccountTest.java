package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.config.options.PodSurroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kube-rbac-proxy in a pod: the cluster around reviews, asked as the pod's service account. */
final class PodAccountTest {

  private static final String ROLE =
      "{'metadata':{'name':'metrics'},'rules':[{'verbs':['get'],'nonResourceURLs':['/metrics']}]}";
  private static final String BINDING =
      "{'metadata':{'name':'metrics'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io',"
          + "'kind':'ClusterRole','name':'metrics'},'subjects':[{'apiGroup':"
          + "'rbac.authorization.k8s.io','kind':'Group','name':'dev'}]}";

  @TempDir Path folder;

  @Test
  void theClusterIsAskedWithTheTokenThatTheFileHoldsToday() throws Exception {
    Path inside = Files.createDirectory(folder.resolve("gate"));
    Path account = Files.createDirectory(folder.resolve("account"));
    try (LiveServer cluster =
            LiveServer.start(
                folder, "tok-a,ann,1,dev\ntok-b,bob,2,dev\ntok-c,cyd,3,dev\ntok-d,dan,4\n");
        StubBackend backend = new StubBackend()) {
      cluster.json("master", "POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", ROLE);
      cluster.json(
          "master", "POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", BINDING);
      Files.copy(folder.resolve("data/ca.crt"), account.resolve("ca.crt"));
      Files.writeString(account.resolve("token"), "master\n");
      PodSurroundings pod =
          new PodSurroundings("127.0.0.1", Integer.toString(cluster.port()), account);
      try (LiveServer gate =
          LiveServer.startIn(
              pod,
              inside,
              "",
              "--upstream=" + backend.url() + "/",
              "--auth-header-fields-enabled=true")) {
        assertEquals(200, status(gate, "tok-a"));
        assertEquals("ann", backend.request().get("x-remote-user").get(0));
        assertEquals(403, status(gate, "tok-d"));
        assertEquals(401, status(gate, "nonsense"));
        // The pod's token has expired: nobody new is known.
        renew(account, "expired");
        while (status(gate, "tok-b") != 401) {
          Thread.onSpinWait();
        }
        // The kubelet has put another in its place.
        renew(account, "master");
        while (status(gate, "tok-c") != 200) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private static int status(LiveServer gate, String token) throws Exception {
    return gate.get("/metrics", "Authorization: Bearer " + token).status();
  }

  /** All at once, as the kubelet does it. */
  private static void renew(Path account, String token) throws Exception {
    Path next = account.resolve("..next");
    Files.writeString(next, token + "\n");
    Files.move(
        next,
        account.resolve("token"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
