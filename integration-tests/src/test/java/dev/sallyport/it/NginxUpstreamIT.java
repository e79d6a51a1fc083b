package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sallyport before a real nginx: what is allowed goes through with an identity set by us alone. */
@Needs("nginx")
final class NginxUpstreamIT {

  private static final String RBAC =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: reader}
      rules:
      - nonResourceURLs: ["/echo", "/files/*"]
        verbs: [get, post]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: readers}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
      subjects:
      - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: dev}
      """;

  @TempDir Path folder;
  private Nginx nginx;

  @BeforeEach
  void startNginx() throws IOException {
    nginx = Nginx.start(Files.createDirectory(folder.resolve("nginx")));
    Files.writeString(folder.resolve("tokens.csv"), "t-ann,ann,u1,dev\nt-bob,bob,u2\n");
    Files.writeString(folder.resolve("rbac.yaml"), RBAC);
  }

  @AfterEach
  void stopNginx() {
    nginx.close();
  }

  private SallyportProcess start(String... more) {
    String[] flags = new String[more.length + 3];
    flags[0] = "--token-auth-file=tokens.csv";
    flags[1] = "--rbac-file=rbac.yaml";
    flags[2] = "--upstream=http://127.0.0.1:" + nginx.port();
    System.arraycopy(more, 0, flags, 3, more.length);
    return SallyportProcess.start(folder, flags);
  }

  private static PlainHttps.Reply get(SallyportProcess server, String path, String... headers)
      throws IOException {
    return PlainHttps.trustingAll().get(server.url(path), headers);
  }

  @Test
  void passesTheIdentityAndStripsWhatTheClientSaid() throws IOException {
    try (SallyportProcess server = start()) {
      PlainHttps.Reply reply =
          get(
              server,
              "/echo",
              "Authorization",
              "Bearer t-ann",
              "X-Remote-User",
              "root",
              "X_Remote_Group",
              "system:masters",
              "Impersonate-User",
              "");
      assertEquals(200, reply.status(), reply.body());
      assertTrue(reply.body().contains("user=ann;"), reply.body());
      assertTrue(reply.body().contains("group=dev"), reply.body());
      assertTrue(reply.body().contains("authorization=;"), reply.body());
      assertFalse(reply.body().contains("root"), reply.body());
      assertFalse(reply.body().contains("system:masters"), reply.body());
    }
  }

  @Test
  void refusesWhatRbacDoesNotAllow() throws IOException {
    try (SallyportProcess server = start()) {
      assertEquals(403, get(server, "/echo", "Authorization", "Bearer t-bob").status());
      assertEquals(401, get(server, "/echo", "Authorization", "Bearer wrong").status());
      assertEquals(403, get(server, "/secret", "Authorization", "Bearer t-ann").status());
      assertFalse(nginx.accessLog().contains("/secret"), "a refused request reached nginx");
    }
  }

  @Test
  void streamsALargeFileUnchanged() throws IOException {
    byte[] large = "0123456789abcdef".repeat(1 << 18).getBytes(StandardCharsets.US_ASCII);
    Files.write(nginx.root().resolve("large"), large);
    try (SallyportProcess server = start()) {
      PlainHttps.Reply reply = get(server, "/files/large", "Authorization", "Bearer t-ann");
      assertEquals(200, reply.status());
      assertEquals(new String(large, StandardCharsets.US_ASCII), reply.body());
    }
  }

  @Test
  void impersonationHeadersForAKubernetesUpstream() throws IOException {
    try (SallyportProcess server = start("--upstream-identity=impersonate")) {
      PlainHttps.Reply reply = get(server, "/echo", "Authorization", "Bearer t-ann");
      assertTrue(reply.body().contains("impersonate=ann;"), reply.body());
      assertTrue(reply.body().contains("user=;"), reply.body());
    }
  }

  @Test
  void upstreamDownIs503AndOurOwnEndpointsStay() throws IOException {
    try (SallyportProcess server = start()) {
      nginx.close();
      PlainHttps.Reply reply = get(server, "/echo", "Authorization", "Bearer t-ann");
      assertEquals(503, reply.status(), reply.body());
      assertTrue(reply.body().contains("\"reason\":\"ServiceUnavailable\""), reply.body());
      assertEquals(200, get(server, "/livez").status());
      assertEquals(503, get(server, "/version").status(), "the version is the upstream's");
    }
  }

  @Test
  void rbacFileIsReloaded() throws Exception {
    try (SallyportProcess server = start()) {
      assertEquals(403, get(server, "/echo", "Authorization", "Bearer t-bob").status());
      Files.writeString(
          folder.resolve("rbac.yaml"),
          RBAC.replace("kind: Group, name: dev", "kind: User, name: bob"));
      Eventually.holds(
          "bob may now and ann may not",
          () ->
              get(server, "/echo", "Authorization", "Bearer t-bob").status() == 200
                  && get(server, "/echo", "Authorization", "Bearer t-ann").status() == 403);
    }
  }

  @Needs("curl")
  @Test
  void curlGoesThrough() {
    try (SallyportProcess server = start()) {
      Tool.Result result =
          Tool.bash(
              folder,
              Map.of(),
              "curl -sS --cacert sallyport-data/ca.crt -H 'Authorization: Bearer t-ann' "
                  + server.url("/echo"));
      assertTrue(result.expectSuccess().out().contains("user=ann;"), result.out());
    }
  }
}
