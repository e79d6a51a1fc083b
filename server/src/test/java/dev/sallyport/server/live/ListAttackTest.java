package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.server.live.LiveServer.Reply;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attack cases 176 (lists), 177 and 181, and what large lists look like to honest clients. The
 * namespace big holds thirteen megabytes.
 */
final class ListAttackTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String AUTH = "Authorization: Bearer master";
  private static final String BIG = "/api/v1/namespaces/big/secrets";
  private static final String TABLE =
      "Accept: application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
  private static final int OBJECTS = 200;
  private static final int SIZE = 50_000;
  private static final long MEGABYTE = 1 << 20;

  @TempDir static Path folder;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    server = LiveServer.start(folder, "");
    try (LiveLine line = server.line()) {
      for (String namespace : new String[] {"big", "other"}) {
        make(line, "/api/v1/namespaces", "Namespace", namespace, "");
      }
      String data = ",\"stringData\":{\"k\":\"" + "0123456789".repeat(SIZE / 10) + "\"}";
      for (int i = 0; i < OBJECTS; i++) {
        make(line, BIG, "Secret", "n%03d".formatted(i), data);
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static void make(LiveLine line, String path, String kind, String name, String more)
      throws Exception {
    String body =
        "{\"kind\":\"%s\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"%s\"}%s}"
            .formatted(kind, name, more);
    Reply reply = line.exchange("POST", path, body.getBytes(StandardCharsets.UTF_8), AUTH);
    assertEquals(201, reply.status(), reply.body());
  }

  private static Reply get(String target, String... headers) throws Exception {
    try (LiveLine line = server.line()) {
      return line.send("GET", target, with(headers));
    }
  }

  private static String[] with(String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add(AUTH);
    return all.toArray(String[]::new);
  }

  private static byte[] unzipped(byte[] packed) throws Exception {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] bytes(String target, String... headers) throws Exception {
    try (LiveLine line = server.line()) {
      return line.bytes(target, with(headers));
    }
  }

  @Test
  void aLargeListIsWholeInEveryForm() throws Exception {
    byte[] json = bytes(BIG);
    JsonNode list = MAPPER.readTree(json);
    assertEquals(OBJECTS, list.path("items").size());
    assertEquals("n199", list.path("items").path(199).path("metadata").path("name").asText());
    assertFalse(list.path("items").path(0).has("kind"));
    assertEquals("SecretList", list.path("kind").asText());

    JsonNode pretty = MAPPER.readTree(bytes(BIG + "?pretty=true"));
    assertEquals(list.path("items"), pretty.path("items"));

    JsonNode table = MAPPER.readTree(bytes(BIG, TABLE));
    assertEquals(OBJECTS, table.path("rows").size());
    assertEquals("n199", table.path("rows").path(199).path("cells").path(0).asText());

    JsonNode metadata =
        MAPPER.readTree(
            bytes(BIG, "Accept: application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"));
    assertEquals(OBJECTS, metadata.path("items").size());
    assertEquals("PartialObjectMetadataList", metadata.path("kind").asText());

    byte[] protobuf = bytes(BIG, "Accept: application/vnd.kubernetes.protobuf");
    assertEquals("k8s\0", new String(protobuf, 0, 4, StandardCharsets.ISO_8859_1));
    assertTrue(protobuf.length > OBJECTS * SIZE);
  }

  @Test
  void largeAnswersAreCompressedForThoseWhoAsk() throws Exception {
    JsonNode now = MAPPER.readTree(bytes(BIG + "?limit=1")).path("metadata");
    String exactly =
        BIG + "?resourceVersionMatch=Exact&resourceVersion=" + now.path("resourceVersion").asText();
    for (String form :
        new String[] {
          "Accept: application/json",
          TABLE,
          "Accept: application/vnd.kubernetes.protobuf",
          "Accept: application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"
        }) {
      try (LiveLine line = server.line()) {
        String head = line.open(exactly, with(form, "Accept-Encoding: deflate, gzip;q=0.5"));
        String lower = head.toLowerCase(java.util.Locale.ROOT);
        assertTrue(lower.contains("\ncontent-encoding: gzip"), head);
        assertTrue(lower.contains("\nvary: accept-encoding"), head);
        assertFalse(lower.contains("\ncontent-length"), head);
        byte[] packed = line.rest();
        byte[] plain = bytes(exactly, form);
        // An age may have grown a digit meanwhile.
        assertEquals(plain.length, unzipped(packed).length, form.equals(TABLE) ? 2.0 * OBJECTS : 0);
        assertTrue(packed.length < plain.length, packed.length + " of " + plain.length);
      }
    }
    for (String refused : new String[] {"identity", "gzip;q=0", "gzip;q=0.000", "br", ""}) {
      Reply plain = get(BIG + "?limit=5", "Accept-Encoding: " + refused);
      assertFalse(plain.head().contains("content-encoding"), refused);
    }
    Reply small = get(BIG + "?limit=1", "Accept-Encoding: gzip");
    assertFalse(small.head().contains("content-encoding"), small.head());
    try (LiveLine line = server.line()) {
      String head = line.open(BIG + "?watch=1", with("Accept-Encoding: gzip"));
      assertFalse(head.toLowerCase(java.util.Locale.ROOT).contains("content-encoding"), head);
    }
  }

  @Test
  void aLargeObjectIsCompressedToo() throws Exception {
    try (LiveLine line = server.line()) {
      String data = ",\"data\":{\"k\":\"" + "abc".repeat(60_000) + "\"}";
      make(line, "/api/v1/namespaces/other/configmaps", "ConfigMap", "large", data);
      String path = "/api/v1/namespaces/other/configmaps/large";
      String head = line.open(path, with("Accept-Encoding: gzip"));
      assertTrue(head.toLowerCase(java.util.Locale.ROOT).contains("content-encoding: gzip"), head);
      assertArrayEquals(bytes(path), unzipped(line.rest()));
    }
  }

  @Test
  void case176AListOfAVersionThatIsGoneOrToComeIsRefused() throws Exception {
    Reply gone = get(BIG + "?resourceVersion=1&resourceVersionMatch=Exact");
    assertEquals(410, gone.status(), gone.body());
    assertTrue(gone.body().contains("\"reason\":\"Expired\""), gone.body());
    for (String match : new String[] {"", "&resourceVersionMatch=NotOlderThan"}) {
      Reply future = get(BIG + "?resourceVersion=99999999" + match);
      assertEquals(504, future.status(), future.body());
      assertTrue(future.body().contains("\"reason\":\"ResourceVersionTooLarge\""), future.body());
      assertTrue(future.head().contains("retry-after: 1"), future.head());
    }
  }

  private static String token(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void case177AnEditedContinueTokenIsRefused() throws Exception {
    JsonNode page = MAPPER.readTree(bytes(BIG + "?limit=7"));
    String real = page.path("metadata").path("continue").asText();
    assertEquals(OBJECTS - 7, page.path("metadata").path("remainingItemCount").asInt());
    assertEquals(
        "n007",
        MAPPER
            .readTree(bytes(BIG + "?limit=7&continue=" + real))
            .path("items")
            .path(0)
            .path("metadata")
            .path("name")
            .asText());
    String others = "/api/v1/namespaces/big/configmaps?limit=7&continue=";
    List<String> wrong =
        new ArrayList<>(
            List.of(
                real.substring(1),
                real.substring(0, real.length() - 6),
                "%00",
                "x",
                token("{}"),
                token("[]"),
                token("{'v':'meta.k8s.io/v1','rv':0,'start':'a\\u0000'}"),
                token("{'v':'meta.k8s.io/v1','rv':-2,'start':'a\\u0000'}"),
                token("{'v':'meta.k8s.io/v1','start':'a\\u0000'}"),
                token("{'v':'meta.k8s.io/v2','rv':5,'start':'a\\u0000'}"),
                token("{'v':'meta.k8s.io/v1','rv':5,'start':''}"),
                token("{'v':'meta.k8s.io/v1','rv':5}"),
                token("{'v':'meta.k8s.io/v1','rv':5,'start':'../../configmaps/big/s\\u0000'}"),
                token("{'v':'meta.k8s.io/v1','rv':5,'start':'/configmaps/big/s\\u0000'}"),
                token("{'v':'meta.k8s.io/v1','rv':5,'start':'a\\u0000'} {}")));
    for (String edited : wrong) {
      Reply reply = get(BIG + "?limit=7&continue=" + edited);
      assertEquals(400, reply.status(), edited + ": " + reply.body());
      assertFalse(reply.body().contains("items"), reply.body());
    }
    assertEquals(400, get(others + real).status(), "of another resource");
    assertEquals(400, get(BIG + "?resourceVersion=5&continue=" + real).status());
    // Too old: the answer holds a token for the rest as it is now.
    Reply old =
        get(
            BIG
                + "?limit=7&continue="
                + token("{'v':'meta.k8s.io/v1','rv':1,'start':'n195\\u0000'}"));
    assertEquals(410, old.status(), old.body());
    String resume = MAPPER.readTree(old.body()).path("metadata").path("continue").asText();
    assertNotEquals("", resume, old.body());
    JsonNode rest = MAPPER.readTree(bytes(BIG + "?limit=7&continue=" + resume));
    assertEquals(4, rest.path("items").size());
    assertEquals("n196", rest.path("items").path(0).path("metadata").path("name").asText());
  }

  @Test
  void case181ManyLargeListsAtOnceTakeBoundedMemory() throws Exception {
    long before = used();
    List<LiveLine> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        LiveLine reader = server.line();
        readers.add(reader);
        String head = i % 2 == 0 ? reader.open(BIG, AUTH) : reader.open(BIG, AUTH, TABLE);
        assertTrue(head.startsWith("HTTP/1.1 200"), head);
      }
      // A gigabyte is on its way, of which nobody has read more than the beginning.
      long held = used() - before;
      assertTrue(held < 100 * MEGABYTE, "50 lists hold " + held / MEGABYTE + " MB");
      assertEquals(200, server.get("/livez").status());
      for (LiveLine reader : readers.subList(0, 4)) {
        JsonNode list = MAPPER.readTree(reader.rest());
        assertEquals(OBJECTS, Math.max(list.path("items").size(), list.path("rows").size()));
      }
    } finally {
      for (LiveLine reader : readers) {
        reader.close();
      }
    }
  }

  @Test
  void case181ListsThatMustBeMadeWholeWaitForRoom() throws Exception {
    List<LiveLine> readers = new ArrayList<>();
    int served = 0;
    try {
      for (int i = 0; i < 20; i++) {
        LiveLine reader = server.line();
        readers.add(reader);
        String head = reader.open(BIG, AUTH, "Accept: application/vnd.kubernetes.protobuf");
        if (head.startsWith("HTTP/1.1 200")) {
          served++;
        } else {
          assertTrue(head.startsWith("HTTP/1.1 429"), head);
          assertTrue(head.toLowerCase(java.util.Locale.ROOT).contains("\nretry-after: 1"), head);
        }
      }
      assertTrue(served > 0 && served < 20, "served " + served);
    } finally {
      for (LiveLine reader : readers) {
        reader.close();
      }
    }
    // Those who have gone give their room back.
    Reply last = null;
    for (int i = 0; i < 500 && (last == null || last.status() == 429); i++) {
      last = get(BIG, "Accept: application/vnd.kubernetes.protobuf");
    }
    assertEquals(200, last == null ? 0 : last.status());
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
