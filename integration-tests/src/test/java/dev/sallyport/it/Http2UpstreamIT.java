package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.it.peers.NodePeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Node's HTTP/2 server and nginx on a unix socket behind the built server; curl before it. */
@Needs({"node", "curl"})
final class Http2UpstreamIT {

  private static final String RBAC =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: all}
      rules:
      - nonResourceURLs: ["*"]
        verbs: ["*"]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: alls}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all}
      subjects:
      - {apiGroup: rbac.authorization.k8s.io, kind: User, name: ann}
      """;

  @TempDir Path folder;

  private SallyportProcess start(String... upstream) throws Exception {
    Files.writeString(folder.resolve("tokens.csv"), "t-ann,ann,u1\n");
    Files.writeString(folder.resolve("rbac.yaml"), RBAC);
    String[] flags = new String[upstream.length + 2];
    flags[0] = "--token-auth-file=tokens.csv";
    flags[1] = "--rbac-file=rbac.yaml";
    System.arraycopy(upstream, 0, flags, 2, upstream.length);
    return SallyportProcess.start(folder, flags);
  }

  private Tool.Result curl(SallyportProcess server, String arguments, String path) {
    return Tool.bash(
        folder,
        Map.of(),
        "curl -sS --cacert sallyport-data/ca.crt -H 'Authorization: Bearer t-ann' "
            + arguments
            + " "
            + server.url(path));
  }

  @Test
  void priorKnowledgeBothWaysAndBroken() throws Exception {
    try (NodePeer node = NodePeer.start("http2.js", folder);
        SallyportProcess server = start("--upstream=h2c://127.0.0.1:" + node.port())) {
      for (String version : new String[] {"--http1.1", "--http2"}) {
        String seen = curl(server, version + " -H 'Cookie: a=1'", "/headers").expectSuccess().out();
        assertTrue(seen.contains("\"version\":\"2.0\""), seen);
        assertTrue(seen.contains("\"x-remote-user\":\"ann\""), seen);
        assertFalse(seen.contains("t-ann"), seen);
        assertEquals(
            2 << 20, curl(server, version, "/large").expectSuccess().out().length(), version);
        String body = "body ".repeat(1000);
        Files.writeString(folder.resolve("body"), body);
        assertEquals(
            body, curl(server, version + " --data-binary @body", "/echo").expectSuccess().out());
        assertNotEquals(0, curl(server, version, "/break").exit(), version);
      }
      String trailers = curl(server, "--http1.1 --raw -i", "/trailers").expectSuccess().out();
      assertTrue(trailers.contains("X-Sum: 42"), trailers);
    }
  }

  @Needs("nginx")
  @Test
  void unixSocket() throws Exception {
    Path socket = folder.resolve("nginx.sock");
    try (Nginx nginx = Nginx.start(Files.createDirectory(folder.resolve("nginx")), socket);
        SallyportProcess server = start("--upstream=unix://" + socket)) {
      String seen = curl(server, "", "/echo").expectSuccess().out();
      assertTrue(seen.contains("user=ann;"), seen);
      nginx.close();
      assertEquals(
          "503", curl(server, "-o /dev/null -w '%{http_code}'", "/echo").expectSuccess().out());
    }
  }
}
