package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.server.live.LiveServer.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attack cases 176, 179 and 180: watches that begin wrong, that are not read, that are too many.
 */
final class WatchAttackTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String MASTER = "Authorization: Bearer master";
  private static final String EVE = "Authorization: Bearer eve";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String FROM = MAPS + "?watch=1&resourceVersion=";

  @TempDir static Path folder;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    server = LiveServer.start(folder, "eve,eve,u1\n", "--max-watches-per-user=5");
    String rbac = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
    Reply bound =
        server.json(
            "master",
            "POST",
            rbac,
            "{'kind':'ClusterRoleBinding','apiVersion':'rbac.authorization.k8s.io/v1',"
                + "'metadata':{'name':'eve'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io',"
                + "'kind':'ClusterRole','name':'cluster-admin'},'subjects':[{'kind':'User',"
                + "'apiGroup':'rbac.authorization.k8s.io','name':'eve'}]}");
    assertEquals(201, bound.status(), bound.body());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static long revision() throws Exception {
    Reply list = server.send(null, "GET", MAPS + "?limit=1", "", MASTER);
    return MAPPER.readTree(list.body()).path("metadata").path("resourceVersion").asLong();
  }

  private static void create(LiveLine line, String name, int size) throws Exception {
    String body =
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"%s\"},\"data\":{\"k\":\"%s\"}}"
            .formatted(name, "x".repeat(size));
    Reply reply = line.exchange("POST", MAPS, body.getBytes(StandardCharsets.UTF_8), MASTER);
    assertEquals(201, reply.status(), reply.body());
  }

  @Test
  void case176AWatchOfAVersionThatIsGoneIsToldSoAndEnds() throws Exception {
    try (LiveLine watch = server.line()) {
      String head = watch.open(FROM + "1", MASTER);
      assertEquals(200, LiveLine.status(head), head);
      JsonNode only = MAPPER.readTree(watch.rest());
      assertEquals("ERROR", only.path("type").asText());
      assertEquals(410, only.path("object").path("code").asInt());
      assertEquals("Expired", only.path("object").path("reason").asText());
    }
  }

  @Test
  void case176AWatchOfAVersionToComeIsRefusedWithoutAnEvent() throws Exception {
    long now = revision();
    for (long version : new long[] {now + 1000, Long.MAX_VALUE}) {
      try (LiveLine line = server.line()) {
        Reply reply = line.send("GET", FROM + version, MASTER);
        assertEquals(504, reply.status(), reply.body());
        assertTrue(reply.body().contains("\"reason\":\"ResourceVersionTooLarge\""), reply.body());
        assertFalse(reply.body().contains("ADDED"), reply.body());
        assertTrue(reply.head().contains("retry-after: 1"), reply.head());
      }
    }
    Reply streamed =
        server.send(
            null,
            "GET",
            FROM
                + (now + 1000)
                + "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=1",
            "",
            MASTER);
    assertEquals(504, streamed.status(), streamed.body());
  }

  @Test
  void case179AWatcherThatDoesNotReadKeepsNobodyWaiting() throws Exception {
    long from = revision();
    List<LiveLine> asleep = new ArrayList<>();
    try (LiveLine writer = server.line();
        LiveLine awake = server.line()) {
      for (int i = 0; i < 5; i++) {
        LiveLine line = server.line();
        asleep.add(line);
        assertEquals(200, LiveLine.status(line.open(FROM + from, MASTER)));
      }
      assertEquals(200, LiveLine.status(awake.open(FROM + from, MASTER)));
      // Far more than the sockets of the sleepers take in.
      int writes = 120;
      for (int i = 0; i < writes; i++) {
        create(writer, "sleep-" + i, 100_000);
        JsonNode event = MAPPER.readTree(awake.line());
        assertEquals("sleep-" + i, event.path("object").path("metadata").path("name").asText());
      }
    } finally {
      for (LiveLine line : asleep) {
        line.close();
      }
    }
  }

  @Test
  void case180TheWatchesOfOneUserHaveABound() throws Exception {
    List<LiveLine> open = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        LiveLine line = server.line();
        open.add(line);
        assertEquals(200, LiveLine.status(line.open(MAPS + "?watch=1", EVE)));
      }
      Reply refused = server.send(null, "GET", MAPS + "?watch=1", "", EVE);
      assertEquals(429, refused.status(), refused.body());
      assertTrue(refused.body().contains("\"reason\":\"TooManyRequests\""), refused.body());
      assertTrue(refused.head().contains("Retry-After: 1"), refused.head());
      // The old form of a watch counts as well, and other requests do not.
      Reply old = server.send(null, "GET", "/api/v1/watch/namespaces/default/configmaps", "", EVE);
      assertEquals(429, old.status(), old.body());
      assertEquals(200, server.send(null, "GET", MAPS, "", EVE).status());
      for (int i = 0; i < 10; i++) {
        LiveLine line = server.line();
        open.add(line);
        assertEquals(200, LiveLine.status(line.open(MAPS + "?watch=1", MASTER)));
      }
      // One that ends makes room, also when the server has not noticed yet that its client left.
      open.get(0).close();
      int status = 429;
      for (int i = 0; i < 500 && status == 429; i++) {
        try (LiveLine line = server.line()) {
          status = LiveLine.status(line.open(MAPS + "?watch=1&timeoutSeconds=1", EVE));
        }
      }
      assertEquals(200, status);
    } finally {
      for (LiveLine line : open) {
        line.close();
      }
    }
  }
}
