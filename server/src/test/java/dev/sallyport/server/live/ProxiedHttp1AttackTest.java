package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.endpoint.proxy.StubUpstream;
import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.http1.FramingAttacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HTTP/1.1 as attackers speak it, to a whole server before a backend that keeps every byte it is
 * sent: it gets what was authorized, in the form in which it was authorized, and nothing else.
 */
final class ProxiedHttp1AttackTest {

  private static final String HOST = FramingAttacks.HOST;
  private static final String BOSS = HOST + "Authorization: Bearer master\r\n";

  @TempDir static Path folder;
  private static StubUpstream stub;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    stub = new StubUpstream((seen, out) -> StubUpstream.ok(out, "served"));
    server = LiveServer.start(folder, "tok-ann,ann,u1,dev\n", "--upstream=" + stub.url());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    stub.close();
  }

  @BeforeEach
  void forget() {
    stub.seen.clear();
  }

  /** A request behind the attack's: whatever was smuggled would have come before it. */
  @AfterEach
  void nothingElseArrived() throws Exception {
    List<StubUpstream.Seen> before = List.copyOf(stub.seen);
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /fence HTTP/1.1\r\n" + BOSS + "\r\n").until("served");
    }
    assertEquals(before.size() + 1, stub.seen.size(), stub.seen::toString);
    assertFalse(stub.bytes().contains("smuggled"), stub.bytes());
    assertFalse(stub.bytes().contains("Bearer"), stub.bytes());
    for (StubUpstream.Seen seen : stub.seen) {
      UpstreamOracle.check(seen, seen.has("x-remote-user: ann") ? "ann" : "boss");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.sallyport.server.netty.http1.FramingAttacks#refused")
  void case01To46NothingOfItIsARequestForTheBackend(String attack, int status, String bytes)
      throws Exception {
    String answer;
    try (RawClient client = new RawClient(server.port())) {
      answer = client.send(bytes.replace(HOST, BOSS)).untilClosed();
    }
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), attack + ": " + answer);
    assertTrue(answer.contains("\"kind\":\"Status\""), answer);
    assertEquals(List.of(), stub.seen, attack);
  }

  private static String exchange(String bytes) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      return client.send(bytes).untilClosed();
    }
  }

  private static String get(String target, String lines) throws Exception {
    return exchange("GET " + target + " HTTP/1.1\r\n" + BOSS + lines + "Connection: close\r\n\r\n");
  }

  @Test
  void case8EndInsideChunksIsNoEnd() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(
          "POST /half HTTP/1.1\r\n" + BOSS + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      client.socket().shutdownOutput();
      assertFalse(client.untilClosed().contains("served"));
    }
    assertEquals(List.of(), stub.seen);
    assertFalse(stub.bytes().contains("0\r\n\r\n"), stub.bytes());
  }

  @Test
  void case8EndInsideADeclaredLengthIsNoEnd() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send("POST /half HTTP/1.1\r\n" + BOSS + "Content-Length: 10\r\n\r\nhello");
      client.socket().shutdownOutput();
      assertFalse(client.untilClosed().contains("served"));
    }
    assertEquals(List.of(), stub.seen);
  }

  @Test
  void case11TrailersNameAndFrameNothing() throws Exception {
    String answer =
        exchange(
            "POST /t HTTP/1.1\r\n"
                + BOSS
                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"
                + "X-Remote-User: admin\r\nX_Remote_Group: system:masters\r\n"
                + "Authorization: Bearer master\r\nImpersonate-User: root\r\n"
                + "X-Forwarded-For: 6.6.6.6\r\nX-Real-IP: 6.6.6.6\r\n"
                + "Content-Length: 100\r\nHost: other\r\nX-Checksum: 1\r\n\r\n");
    assertTrue(answer.endsWith("served"), answer);
    assertEquals("abc", stub.seen.get(0).body());
    String bytes = stub.bytes();
    String trailers = bytes.substring(bytes.lastIndexOf("abc\r\n0\r\n") + 8).split("GET ", 2)[0];
    assertTrue(
        trailers.equals("x-checksum: 1\r\n\r\n") || trailers.equals("\r\n"), "<" + trailers + ">");
  }

  @Test
  void case13UnderscoreTwinsFrameNothing() throws Exception {
    String answer =
        get(
            "/twins",
            "Transfer_Encoding: chunked\r\nContent_Length: 5\r\nX_Forwarded_For: 6.6.6.6\r\n");
    assertTrue(answer.endsWith("served"), answer);
    assertEquals("", stub.seen.get(0).body());
  }

  @Test
  void case17OtherHostsAreNeverConnectedTo() throws Exception {
    String answer = get("https://evil.test:1/api/x?a=b", "");
    assertTrue(answer.endsWith("served"), answer);
    StubUpstream.Seen seen = stub.seen.get(0);
    assertTrue(seen.head().startsWith("GET /api/x?a=b HTTP/1.1\r\n"), seen.head());
    assertTrue(seen.has("host: " + stub.url().getAuthority()), seen.head());
  }

  @Test
  void case19PipelinedRequestsAreEachTheirOwnUsers() throws Exception {
    Path other = folder.resolve("case19");
    Files.createDirectory(other);
    Files.writeString(
        other.resolve("rbac.yaml"),
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: reader}
        rules: [{nonResourceURLs: ["/ann"], verbs: [get]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: readers}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: ann}]
        """);
    String bytes =
        "GET /1 HTTP/1.1\r\n"
            + BOSS
            + "\r\n"
            + "GET /ann HTTP/1.1\r\n"
            + HOST
            + "Authorization: Bearer tok-ann\r\n\r\n"
            + "GET /2 HTTP/1.1\r\n"
            + HOST
            + "Authorization: Bearer tok-ann\r\n\r\n"
            + "GET /3 HTTP/1.1\r\n"
            + HOST
            + "\r\n"
            + "GET /4 HTTP/1.1\r\n"
            + HOST
            + "Authorization: Bearer wrong\r\n\r\n"
            + "GET /5 HTTP/1.1\r\n"
            + BOSS
            + "Connection: close\r\n\r\n";
    try (LiveServer strict =
            LiveServer.start(
                other,
                "tok-ann,ann,u1,dev\n",
                "--upstream=" + stub.url(),
                "--rbac-file=" + other.resolve("rbac.yaml"));
        RawClient client = new RawClient(strict.port())) {
      String answer = client.send(bytes).untilClosed();
      assertEquals(
          List.of("200", "200", "403", "403", "401", "200"),
          Pattern.compile("HTTP/1.1 (\\d+) ")
              .matcher(answer)
              .results()
              .map(found -> found.group(1))
              .toList(),
          answer);
    }
    assertEquals(3, stub.seen.size());
    assertTrue(stub.seen.get(0).has("x-remote-user: boss"));
    assertTrue(stub.seen.get(1).has("x-remote-user: ann"));
    assertTrue(stub.seen.get(1).has("x-remote-group: dev"));
    assertFalse(stub.seen.get(1).head().contains("masters"));
    assertTrue(stub.seen.get(2).has("x-remote-user: boss"));
  }

  @Test
  void case21WhoMayNotIsNeverAskedForHisBody() throws Exception {
    String answer =
        exchange(
            "POST /x HTTP/1.1\r\n"
                + HOST
                + "Content-Length: 4194304\r\nExpect: 100-continue\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    assertEquals(List.of(), stub.seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Authorization: Bearer wrong\r\n"})
  void case22TailOfARefusedBodyIsNoRequest(String credential) throws Exception {
    String tail = "GET /smuggled HTTP/1.1\r\n" + BOSS + "\r\n";
    String filler = "x".repeat(3 << 20);
    try (RawClient client = new RawClient(server.port())) {
      try {
        client.send(
            "POST /x HTTP/1.1\r\n"
                + HOST
                + credential
                + "Content-Length: "
                + (filler.length() + tail.length())
                + "\r\n\r\n"
                + filler
                + tail);
      } catch (IOException closedAlready) {
        // a refused upload need not be read to its end
      }
      String answer = client.untilClosed();
      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 40"), answer);
      assertFalse(answer.contains("served"), answer);
    }
    assertEquals(List.of(), stub.seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "Get", "GET1", "G-T", "CONNECT"})
  void case24OtherSpellingsOfAMethodAreRefused(String method) throws Exception {
    String answer = exchange(method + " /x HTTP/1.1\r\n" + BOSS + "Connection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertEquals(List.of(), stub.seen);
  }

  @Test
  void case24MethodOverridesAreIgnoredAndGoNoFurther() throws Exception {
    String answer =
        get(
            "/x",
            "X-HTTP-Method-Override: DELETE\r\n"
                + "X-HTTP-Method: DELETE\r\n"
                + "X_Method_Override: PUT\r\n");
    assertTrue(answer.endsWith("served"), answer);
    assertTrue(stub.seen.get(0).head().startsWith("GET /x HTTP/1.1\r\n"));
    assertFalse(stub.seen.get(0).head().contains("DELETE"), stub.seen.get(0).head());
  }

  @Test
  void case46CleartextUpgradeIsNotHonouredNorForwarded() throws Exception {
    String answer =
        exchange(
            "GET /x HTTP/1.1\r\n"
                + BOSS
                + "Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertFalse(stub.seen.get(0).head().toLowerCase(Locale.ROOT).contains("h2c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%0d%0aX-Evil:%201", "%0D%0A%0D%0AGET%20/smuggle", "%00", "%0a", "%c3%bc"})
  void case171EscapesStayEscapedInPathAndQuery(String escape) throws Exception {
    String answer = get("/p?q=" + escape, "");
    assertTrue(answer.endsWith("served"), answer);
    assertTrue(stub.seen.get(0).head().startsWith("GET /p?q=" + escape + " HTTP/1.1\r\n"));
    stub.seen.clear();
    String path = get("/a" + escape, "");
    for (StubUpstream.Seen seen : stub.seen) {
      assertTrue(seen.head().startsWith("GET /a" + escape + " HTTP/1.1\r\n"), seen.head());
    }
    assertTrue(path.endsWith("served") || path.startsWith("HTTP/1.1 4"), path);
    assertFalse(stub.bytes().contains("\r\nX-Evil"), stub.bytes());
  }

  @Test
  void case172ClaimsOfAddressAndPathHaveNoEffect() throws Exception {
    String answer =
        get(
            "/x",
            "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Host: evil.test\r\nX-Forwarded-Proto: http\r\n"
                + "X-Forwarded-Port: 1\r\nX-Forwarded-Prefix: /evil\r\nX-Forwarded-User: root\r\n"
                + "X-Real-IP: 6.6.6.7\r\nForwarded: for=6.6.6.8\r\n"
                + "X-Original-URL: /evil\r\nX-Rewrite-URL: /evil\r\n");
    assertTrue(answer.endsWith("served"), answer);
    StubUpstream.Seen seen = stub.seen.get(0);
    assertTrue(seen.head().startsWith("GET /x HTTP/1.1\r\n"));
    assertTrue(seen.has("x-forwarded-for: 6.6.6.6, 127.0.0.1"), seen.head());
    assertTrue(seen.has("x-forwarded-host: sallyport"), seen.head());
    assertTrue(seen.has("x-forwarded-proto: https"), seen.head());
    assertFalse(seen.head().contains("evil"), seen.head());
    assertFalse(seen.head().contains("root"), seen.head());
    assertFalse(seen.names("x-forwarded-port"), seen.head());
  }
}
