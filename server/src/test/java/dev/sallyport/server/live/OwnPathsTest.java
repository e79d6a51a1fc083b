package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's own paths beside the API: who may read them and what they tell. */
final class OwnPathsTest {

  private static final String MASTER = "Authorization: Bearer master";

  @TempDir private static Path folder;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    server = LiveServer.start(folder, "", "--max-requests-inflight=77");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void flagsAreToldToWhoMayReadThem() throws Exception {
    assertEquals(403, server.get("/flagz").status());

    LiveServer.Reply reply = server.get("/flagz", MASTER);

    assertEquals(200, reply.status());
    assertTrue(reply.body().contains("\nmax-requests-inflight=77\n"), reply.body());
    assertTrue(reply.body().contains("\nmax-mutating-requests-inflight=200\n"), reply.body());
    assertFalse(reply.body().contains("boss"), reply.body());
  }

  @Test
  void statusTellsTheBuildAndTheApi() throws Exception {
    LiveServer.Reply reply = server.get("/statusz", MASTER);

    assertEquals(200, reply.status());
    assertTrue(reply.body().contains("\nEmulation version: v1.36.3\n"), reply.body());
    assertTrue(reply.body().contains("\nUp: 0 hr 00 min "), reply.body());
  }

  @Test
  void probesKnowTheChecksOfKubeApiserver() throws Exception {
    assertEquals("ok", server.get("/readyz/etcd", MASTER).body());
    assertEquals("ok", server.get("/readyz/poststarthook/rbac/bootstrap-roles", MASTER).body());
    assertEquals("ok", server.get("/readyz?exclude=etcd", MASTER).body());
    assertEquals(404, server.get("/livez/etcd-readiness", MASTER).status());
  }

  @Test
  void checksAreCounted() throws Exception {
    assertEquals(200, server.get("/livez/ping", MASTER).status());

    String counts = server.get("/metrics/slis", MASTER).body();

    assertTrue(counts.contains("kubernetes_healthcheck{name=\"ping\",type=\"livez\"} 1"), counts);
    assertTrue(
        counts.contains(
            "kubernetes_healthchecks_total{name=\"ping\",status=\"success\",type=\"livez\"}"),
        counts);
  }

  @Test
  void theOlderDescriptionOfTheApiIsThere() throws Exception {
    LiveServer.Reply reply = server.get("/openapi/v2", MASTER);

    assertEquals(200, reply.status());
    assertTrue(reply.body().startsWith("{\"swagger\":\"2.0\""), reply.body().substring(0, 40));
    String etag =
        reply.head().lines().filter(line -> line.startsWith("Etag: ")).findAny().orElseThrow();
    assertEquals(
        304, server.get("/openapi/v2", MASTER, "If-None-Match: " + etag.substring(6)).status());
    assertEquals(
        406,
        server
            .get(
                "/openapi/v2",
                MASTER,
                "Accept: application/com.github.proto-openapi.spec.v2@v1.0+protobuf")
            .status());
  }
}
