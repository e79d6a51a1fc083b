package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.server.live.LiveServer.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rarer options of the verbs, as a client sees them. */
final class VerbEdgesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String AUTH = "Authorization: Bearer master";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String EVENTS = "/api/v1/namespaces/default/events";

  @TempDir static Path folder;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    server = LiveServer.start(folder, "", "--event-ttl=2s");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Reply send(String method, String target, String body) throws Exception {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    String type = method.equals("PATCH") ? "merge-patch+json" : "json";
    try (LiveLine line = server.line()) {
      return line.exchange(method, target, bytes, AUTH, "Content-Type: application/" + type);
    }
  }

  private static JsonNode made(String name, String label) throws Exception {
    Reply reply =
        send(
            "POST",
            MAPS,
            "{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'%s','labels':{'l':'%s'}}}"
                .formatted(name, label));
    assertEquals(201, reply.status(), reply.body());
    return MAPPER.readTree(reply.body()).path("metadata");
  }

  private static int status(String method, String target, String body) throws Exception {
    return send(method, target, body).status();
  }

  @Test
  void aDryRunWritesNothingWhateverTheVerb() throws Exception {
    String version = made("dry", "dry").path("resourceVersion").asText();
    String all = "?dryRun=All";
    String map =
        "{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'dry'},'data':{'a':'1'}}";
    assertEquals(201, status("POST", MAPS + all, map.replace("'dry'", "'other'")));
    assertEquals(200, status("PUT", MAPS + "/dry" + all, map));
    assertEquals(200, status("PATCH", MAPS + "/dry" + all, "{'data':{'a':'1'}}"));
    assertEquals(200, status("DELETE", MAPS + "/dry" + all, ""));
    assertEquals(200, status("DELETE", MAPS + "/dry", "{'dryRun':['All']}"));
    assertEquals(200, status("DELETE", MAPS + all + "&labelSelector=l%3Ddry", ""));
    Reply left = send("GET", MAPS + "/dry", "");
    assertEquals(200, left.status());
    assertEquals(
        version, MAPPER.readTree(left.body()).path("metadata").path("resourceVersion").asText());
    assertEquals(404, status("GET", MAPS + "/other", ""));
    assertEquals(422, status("DELETE", MAPS + "/dry?dryRun=Some", ""));
  }

  @Test
  void fieldValidationHoldsForEveryWrite() throws Exception {
    made("fields", "f");
    String strict = "?fieldValidation=Strict";
    String map = "{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'fields'},'odd':1}";
    assertEquals(400, status("POST", MAPS + strict, map.replace("fields", "new")));
    assertEquals(400, status("PUT", MAPS + "/fields" + strict, map));
    assertEquals(422, status("PATCH", MAPS + "/fields" + strict, "{'odd':1}"));
    Reply warned = send("PUT", MAPS + "/fields", map);
    assertEquals(200, warned.status());
    assertTrue(warned.head().contains("unknown field"), warned.head());
    Reply quiet = send("PUT", MAPS + "/fields?fieldValidation=Ignore", map);
    assertFalse(quiet.head().contains("warning"), quiet.head());
    assertEquals(422, status("PUT", MAPS + "/fields?fieldValidation=Odd", map));
  }

  @Test
  void aDeletionHoldsToItsPreconditions() throws Exception {
    JsonNode metadata = made("held", "h");
    String uid = metadata.path("uid").asText();
    String version = metadata.path("resourceVersion").asText();
    assertEquals(409, status("DELETE", MAPS + "/held", "{'preconditions':{'uid':'x'}}"));
    assertEquals(
        409, status("DELETE", MAPS + "/held", "{'preconditions':{'resourceVersion':'1'}}"));
    String both = "{'preconditions':{'uid':'%s','resourceVersion':'%s'}}".formatted(uid, version);
    assertEquals(200, status("DELETE", MAPS + "/held", both));
    assertEquals(404, status("GET", MAPS + "/held", ""));
  }

  @Test
  void aCollectionGoesByPolicyAndSelector() throws Exception {
    made("goes-1", "goes");
    made("goes-2", "goes");
    made("stays", "stays");
    assertEquals(422, status("DELETE", MAPS + "?propagationPolicy=Sideways", ""));
    Reply gone =
        send("DELETE", MAPS + "?labelSelector=l%3Dgoes", "{'propagationPolicy':'Background'}");
    assertEquals(200, gone.status(), gone.body());
    assertEquals(2, MAPPER.readTree(gone.body()).path("items").size());
    assertEquals(404, status("GET", MAPS + "/goes-1", ""));
    assertEquals(200, status("GET", MAPS + "/stays", ""));
  }

  @Test
  void anInformersStreamMarksWhereItsListEnds() throws Exception {
    made("listed", "stream");
    try (LiveLine watch = server.line()) {
      String head =
          watch.open(
              MAPS
                  + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                  + "&allowWatchBookmarks=true&labelSelector=l%3Dstream",
              AUTH);
      assertEquals(200, LiveLine.status(head));
      JsonNode added = MAPPER.readTree(watch.line());
      assertEquals("ADDED", added.path("type").asText());
      JsonNode mark = MAPPER.readTree(watch.line());
      assertEquals("BOOKMARK", mark.path("type").asText());
      JsonNode metadata = mark.path("object").path("metadata");
      assertEquals("true", metadata.path("annotations").path("k8s.io/initial-events-end").asText());
      assertTrue(
          metadata.path("resourceVersion").asLong()
              >= added.path("object").path("metadata").path("resourceVersion").asLong());
    }
    for (String wrong :
        new String[] {
          "watch=1&sendInitialEvents=true",
          "watch=1&resourceVersionMatch=NotOlderThan",
          "sendInitialEvents=true&resourceVersionMatch=NotOlderThan",
          "resourceVersionMatch=Exact",
          "resourceVersionMatch=Exact&resourceVersion=0",
          "resourceVersionMatch=Odd&resourceVersion=1"
        }) {
      assertEquals(422, status("GET", MAPS + "?" + wrong, ""), wrong);
    }
  }

  @Test
  void theOldPathsOfWatchesWatchOneObjectOrAll() throws Exception {
    made("old", "o");
    for (String tail : new String[] {"/old", "?labelSelector=l%3Do"}) {
      try (LiveLine watch = server.line()) {
        String head = watch.open("/api/v1/watch/namespaces/default/configmaps" + tail, AUTH);
        assertEquals(200, LiveLine.status(head), head);
        JsonNode event = MAPPER.readTree(watch.line());
        assertEquals("old", event.path("object").path("metadata").path("name").asText());
      }
    }
    assertEquals(405, status("DELETE", "/api/v1/watch/namespaces/default/configmaps/old", ""));
    assertEquals(200, status("GET", MAPS + "/old", ""));
  }

  @Test
  void eventsPassAndTheirWatchersAreTold() throws Exception {
    try (LiveLine watch = server.line()) {
      assertEquals(200, LiveLine.status(watch.open(EVENTS + "?watch=1", AUTH)));
      Reply reply =
          send(
              "POST",
              EVENTS,
              "{'kind':'Event','apiVersion':'v1','metadata':{'name':'e'},'involvedObject':"
                  + "{'kind':'Pod','name':'p','namespace':'default'},'reason':'R','message':'m',"
                  + "'type':'Normal'}");
      assertEquals(201, reply.status(), reply.body());
      assertEquals("ADDED", MAPPER.readTree(watch.line()).path("type").asText());
      JsonNode last = MAPPER.readTree(watch.line());
      assertEquals("DELETED", last.path("type").asText());
      assertEquals("e", last.path("object").path("metadata").path("name").asText());
      assertEquals(404, status("GET", EVENTS + "/e", ""));
    }
  }
}
