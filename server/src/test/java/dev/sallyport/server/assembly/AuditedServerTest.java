package dev.sallyport.server.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.options.FileChecks;
import dev.sallyport.config.options.Invocation;
import dev.sallyport.config.options.ServerOptions;
import dev.sallyport.server.bootstrap.FirstStart;
import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole server over HTTPS, and what stands in its audit log. */
@Timeout(120)
final class AuditedServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
      - level: None
        users: ["system:apiserver"]
      - level: RequestResponse
      """;
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  @TempDir Path folder;
  private final HttpClient client;
  private @Nullable Sallyport server;

  AuditedServerTest() throws Exception {
    client =
        HttpClient.newBuilder()
            .sslContext(TestServer.clientContext())
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  private int port() {
    return Objects.requireNonNull(server).address().getPort();
  }

  private void start(String policy, String... more) throws Exception {
    Files.writeString(folder.resolve("policy.yaml"), policy);
    Files.writeString(
        folder.resolve("tokens.csv"), "tok-boss,boss,u1,system:masters\ntok-plain,plain,u2\n");
    List<String> args =
        new ArrayList<>(
            List.of(
                "--data-dir=" + folder.resolve("data"),
                "--storage-engine=memory",
                "--bind-address=127.0.0.1",
                "--secure-port=0",
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--audit-policy-file=" + folder.resolve("policy.yaml")));
    args.addAll(List.of(more));
    ServerConfig config = ((Invocation.Serve) ServerOptions.read(args, FileChecks.NONE)).config();
    FirstStart.prepare(config, Clock.systemUTC());
    server = Sallyport.start(config).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private Path log() {
    return folder.resolve("audit.log");
  }

  private void startWithLog(String policy, String... more) throws Exception {
    List<String> flags = new ArrayList<>(List.of(more));
    flags.add("--audit-log-path=" + log());
    start(policy, flags.toArray(String[]::new));
  }

  @AfterEach
  void stop() throws Exception {
    Sallyport running = server;
    if (running != null) {
      running.stop().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private String send(String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty() && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private String asBoss(String method, String path, String body) throws Exception {
    return send(method, path, body, "Authorization", "Bearer tok-boss");
  }

  /** The events about requests with that id. */
  private List<JsonNode> events(String auditId) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (String line : Files.readAllLines(log())) {
      JsonNode event = JSON.readTree(line);
      if (event.get("auditID").asText().equals(auditId)) {
        found.add(event);
      }
    }
    return found;
  }

  private JsonNode event(String auditId) throws IOException {
    List<JsonNode> found = events(auditId);
    assertEquals(1, found.size(), found::toString);
    return found.get(0);
  }

  @Test
  void case192EveryRefusalHasItsEventAndThePeerStandsLast() throws Exception {
    startWithLog(POLICY);
    send("GET", "/api", "", "Audit-ID", "a-401", "Authorization", "Bearer nope");
    JsonNode refused = event("a-401");
    assertEquals("ResponseStarted", refused.get("stage").asText());
    assertEquals(401, refused.at("/responseStatus/code").asInt());
    assertEquals(0, refused.get("user").size());

    send(
        "GET",
        "/api/v1/secrets",
        "",
        "Audit-ID",
        "a-403",
        "Authorization",
        "Bearer tok-plain",
        "X-Forwarded-For",
        "203.0.113.7, not-an-address, 2001:db8::1,, 10.1.2.3",
        "X-Real-Ip",
        "198.51.100.9");
    JsonNode forbidden = event("a-403");
    assertEquals("ResponseComplete", forbidden.get("stage").asText());
    assertEquals("forbid", forbidden.at("/annotations/authorization.k8s.io~1decision").asText());
    assertEquals(
        JSON.readTree(
            "[\"203.0.113.7\",\"2001:db8::1\",\"10.1.2.3\",\"198.51.100.9\",\"127.0.0.1\"]"),
        forbidden.get("sourceIPs"));

    send("GET", "/api?timeout=never", "", "Audit-ID", "a-400");
    assertEquals(400, event("a-400").at("/responseStatus/code").asInt());

    send("GET", "/nowhere", "", "Audit-ID", "a-404", "Authorization", "Bearer tok-boss");
    assertEquals(404, event("a-404").at("/responseStatus/code").asInt());
  }

  @Test
  void watchesHaveAnEventAtTheirBeginningAndAtTheirEnd() throws Exception {
    startWithLog(POLICY);
    send(
        "GET",
        MAPS + "?watch=true&timeoutSeconds=1",
        "",
        "Audit-ID",
        "w",
        "Authorization",
        "Bearer tok-boss");
    List<JsonNode> events = events("w");
    for (int i = 0; events.size() < 2 && i < 200; i++) {
      Thread.sleep(25); // the end is written beside the answer, not before it
      events = events("w");
    }
    assertEquals("ResponseStarted", events.get(0).get("stage").asText());
    assertEquals("ResponseComplete", events.get(1).get("stage").asText());
    assertEquals("watch", events.get(1).get("verb").asText());
    assertEquals(200, events.get(1).at("/responseStatus/code").asInt());
  }

  @Test
  void objectsAreWrittenInJsonWhateverTheyWereSentIn() throws Exception {
    startWithLog(POLICY.replace("omitStages", "omitManagedFields: true\nomitStages"));
    send(
        "POST",
        MAPS,
        "kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: map\ndata:\n  a: |\n    b\n    c\n",
        "Audit-ID",
        "yaml",
        "Authorization",
        "Bearer tok-boss",
        "Accept",
        "application/yaml",
        "Content-Type",
        "application/yaml");
    JsonNode created = event("yaml");
    assertEquals("b\nc\n", created.at("/requestObject/data/a").asText());
    assertEquals("b\nc\n", created.at("/responseObject/data/a").asText());
    assertTrue(created.at("/responseObject/metadata/managedFields").isMissingNode());
    assertEquals("map", created.at("/objectRef/name").asText());

    send(
        "PATCH",
        MAPS + "/map",
        "{\n  \"data\": {\n    \"d\": \"e\\n\"\n  }\n}\n",
        "Audit-ID",
        "patch",
        "Authorization",
        "Bearer tok-boss",
        "Content-Type",
        "application/merge-patch+json");
    assertEquals("e\n", event("patch").at("/requestObject/data/d").asText());

    send(
        "DELETE",
        MAPS + "/map",
        "{\"propagationPolicy\":\"Background\"}",
        "Audit-ID",
        "delete",
        "Authorization",
        "Bearer tok-boss");
    JsonNode deleted = event("delete");
    assertEquals("Background", deleted.at("/requestObject/propagationPolicy").asText());
    assertEquals("Success", deleted.at("/responseObject/status").asText());
  }

  @Test
  void case189NothingThatAClientSendsBreaksALine() throws Exception {
    startWithLog(POLICY);
    String agent = "x\"},{\\\u0085\u00a0é<script>" + "y".repeat(2000);
    try (RawClient raw = new RawClient(port(), "http/1.1")) {
      raw.send(
          ("GET /api/v1/namespaces/a%0d%0ab%1b%e2%80%a8%22/configmaps?x=\"%0a HTTP/1.1\r\n"
                  + "Host: h\r\nUser-Agent: "
                  + agent
                  + "\r\nAudit-ID: a\"b\\c\r\nAuthorization: Bearer tok-plain\r\n"
                  + "Connection: close\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      assertTrue(raw.untilClosed().startsWith("HTTP/1.1 4"));
    }
    List<String> lines = Files.readAllLines(log());
    int found = 0;
    for (String line : lines) {
      JsonNode event = JSON.readTree(line);
      assertEquals("Event", event.get("kind").asText());
      if (event.path("userAgent").asText().startsWith("x\"")) {
        found++;
        assertEquals(agent.substring(0, 1024) + "...TRUNCATED", event.get("userAgent").asText());
        assertFalse(event.get("auditID").asText().contains("\""));
      }
    }
    assertEquals(1, found);
    String all = Files.readString(log(), StandardCharsets.UTF_8);
    assertTrue(all.codePoints().noneMatch(c -> c == 0x1b || c == '\r' || c == 0x85 || c == 0x2028));
  }

  @Test
  void case190CredentialsStandInNoEvent() throws Exception {
    startWithLog(POLICY);
    String secret =
        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"s\"},"
            + "\"stringData\":{\"p\":\"hunter-two\"}}";
    assertTrue(
        send(
                "POST",
                "/api/v1/namespaces/default/secrets",
                secret,
                "Authorization",
                "Bearer tok-boss",
                "Cookie",
                "session=cookie-crumb",
                "Sec-WebSocket-Protocol",
                "base64url.bearer.authorization.k8s.io.d2Vic29ja2V0LXRva2Vu")
            .startsWith("201"));
    assertTrue(asBoss("GET", "/api/v1/secrets", "").contains("aHVudGVyLXR3bw"));
    String review =
        asBoss(
            "POST",
            "/apis/authentication.k8s.io/v1/tokenreviews",
            "{\"kind\":\"TokenReview\",\"apiVersion\":\"authentication.k8s.io/v1\","
                + "\"spec\":{\"token\":\"tok-plain\"}}");
    assertTrue(review.startsWith("201"), review);
    String issued =
        asBoss(
            "POST",
            "/api/v1/namespaces/kube-system/serviceaccounts/default/token",
            "{\"kind\":\"TokenRequest\",\"apiVersion\":\"authentication.k8s.io/v1\",\"spec\":{}}");
    assertTrue(issued.startsWith("201"), issued);

    String all = Files.readString(log());
    assertTrue(all.contains("issued-credential-id\":\"JTI="), all);
    assertTrue(all.contains("/api/v1/namespaces/default/secrets"));
    for (String credential :
        List.of(
            "hunter-two",
            "aHVudGVyLXR3bw",
            "tok-boss",
            "tok-plain",
            "cookie-crumb",
            "d2Vic29ja2V0",
            "eyJhbGciOi")) {
      assertFalse(all.contains(credential), credential);
    }
  }

  @Test
  void case193StrictRefusesWithoutAnySideEffect() throws Exception {
    start(
        POLICY
            .replace("omitStages: [RequestReceived]\n", "")
            .replace("- level: RequestResponse", "- level: Metadata\n  verbs: [create]"),
        "--audit-log-path=/dev/full",
        "--audit-log-mode=blocking-strict");
    String map = "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"m\"}}";
    String answer = asBoss("POST", MAPS, map);
    assertEquals(
        "500 Internal Server Error: \"" + MAPS + "\": failed to store audit event\n", answer);
    assertTrue(asBoss("GET", MAPS + "/m", "").startsWith("404"), "nothing was made");
    String metrics = asBoss("GET", "/metrics", "");
    assertTrue(metrics.contains("apiserver_audit_requests_rejected_total 1"), metrics);
    assertTrue(metrics.contains("apiserver_audit_error_total{plugin=\"log\"} 1"), metrics);
  }

  @Test
  void case193AFullDiskHoldsNobodyUpInBatchMode() throws Exception {
    start(POLICY, "--audit-log-path=/dev/full", "--audit-log-mode=batch");
    assertTrue(asBoss("GET", MAPS, "").startsWith("200"));
    String metrics = asBoss("GET", "/metrics", "");
    for (int i = 0; !metrics.contains("apiserver_audit_error_total{plugin=\"log\"}"); i++) {
      assertTrue(i < 200, metrics);
      Thread.sleep(25); // another thread finds out that the disk is full
      metrics = asBoss("GET", "/metrics", "");
    }
  }

  @Test
  void aChangedPolicyIsTakenOverAndABadOneIsNot() throws Exception {
    startWithLog(POLICY);
    Files.writeString(folder.resolve("policy.yaml"), "rules: everything\n");
    send("GET", "/version", "", "Audit-ID", "still");
    assertEquals(1, events("still").size());
    Files.writeString(
        folder.resolve("policy.yaml"),
        POLICY.replace("- level: RequestResponse", "- level: Metadata\n  users: [nobody]"));
    for (int i = 0; ; i++) {
      assertTrue(i < 400, "the new policy was not taken over");
      send("GET", "/version", "", "Audit-ID", "try-" + i);
      if (events("try-" + i).isEmpty()) {
        return;
      }
      Thread.sleep(25); // files are looked at once a second
    }
  }
}
