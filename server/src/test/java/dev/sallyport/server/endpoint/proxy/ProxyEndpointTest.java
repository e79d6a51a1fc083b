package dev.sallyport.server.endpoint.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import dev.sallyport.config.UpstreamConfig;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.UpstreamTls;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.factory.UpstreamFactory;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.netty.Buffers;
import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a client through the listener to a backend and back. */
final class ProxyEndpointTest {

  private static final UserInfo USER =
      new UserInfo(
          "jürgen",
          "u1",
          List.of("devs", "system:authenticated"),
          Map.of("example.org/Scope Ü", List.of("a b")));

  private final FileWatcher watcher = new FileWatcher();

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @SuppressWarnings("NullAway.Init")
  private Upstream upstream;

  @AfterEach
  void stop() throws Exception {
    server.close();
    upstream.close();
    watcher.close();
  }

  private void serve(URI url, UpstreamIdentity identity, Optional<Path> token) throws Exception {
    serve(url, identity, token, USER, RequestContext.NO_DEADLINE);
  }

  private void serve(
      URI url, UpstreamIdentity identity, Optional<Path> token, UserInfo user, long allowedNanos)
      throws Exception {
    upstream =
        UpstreamFactory.create(
            new UpstreamConfig(url, UpstreamTls.DEFAULT, token, identity), watcher, Buffers.POOL);
    ProxyEndpoint endpoint = new ProxyEndpoint(upstream, identity == UpstreamIdentity.IMPERSONATE);
    server =
        TestServer.start(
            request -> {
              RequestContext context =
                  RequestContext.of(request, "audit").authenticated(user, Credential.NONE, request);
              return endpoint.answer(
                  allowedNanos == RequestContext.NO_DEADLINE
                      ? context
                      : context.withDeadline(System.nanoTime() + allowedNanos));
            });
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private static HttpClient client(HttpClient.Version version) throws Exception {
    return HttpClient.newBuilder().sslContext(TestServer.clientContext()).version(version).build();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client(HttpClient.Version.HTTP_1_1).send(request(path).build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void passesRequestsAndAnswers(HttpClient.Version version) throws Exception {
    try (StubUpstream stub =
        new StubUpstream((seen, out) -> StubUpstream.ok(out, "body:" + seen.body()))) {
      serve(URI.create(stub.url() + "/base/"), UpstreamIdentity.NONE, Optional.empty());
      HttpClient client = client(version);
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer =
            client.send(
                request("/a%2fb/?x=1%202").POST(BodyPublishers.ofString("hello")).build(),
                BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        assertEquals("body:hello", answer.body());
        assertEquals("text/plain", answer.headers().firstValue("content-type").orElse(""));
      }
      assertTrue(stub.seen.get(0).head().startsWith("POST /base/a%2fb/?x=1%202 HTTP/1.1\r\n"));
      assertEquals(1, stub.connections.get(), "the connection is kept");
    }
  }

  @Test
  void identityIsOursAlone() throws Exception {
    try (StubUpstream stub = new StubUpstream((seen, out) -> StubUpstream.ok(out, "ok"))) {
      serve(stub.url(), UpstreamIdentity.HEADERS, Optional.empty());
      try (RawClient client = new RawClient(server.port())) {
        client.send(
            "GET / HTTP/1.1\r\nHost: front.example\r\nAuthorization: Bearer t\r\n"
                + "X-Remote-User: admin\r\nX_Remote_User: admin\r\nx-remote-group: system:masters\r\n"
                + "X-Remote-Extra-a: b\r\nImpersonate-User: root\r\nImpersonate_Group: g\r\n"
                + "X-Forwarded-For: 9.9.9.9\r\nX-Original-URL: /evil\r\nForwarded: for=1.1.1.1\r\n"
                + "Upgrade: h2c\r\nHTTP2-Settings: AAMA\r\nConnection: Upgrade, X-Secret-Hop\r\n"
                + "X-Secret-Hop: 1\r\nTE: trailers\r\nProxy-Authorization: x\r\nAccept: a/b\r\n\r\n");
        client.until("ok");
      }
      StubUpstream.Seen seen = stub.seen.get(0);
      String name =
          new String("jürgen".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      assertTrue(seen.has("x-remote-user: " + name), seen.head());
      assertTrue(seen.has("x-remote-uid: u1"), seen.head());
      assertTrue(seen.has("x-remote-group: devs"), seen.head());
      assertTrue(seen.has("x-remote-group: system:authenticated"), seen.head());
      assertTrue(seen.has("x-remote-extra-example.org%2F%53cope%20%C3%9C: a b"), seen.head());
      assertTrue(seen.has("x-forwarded-for: 9.9.9.9, 127.0.0.1"), seen.head());
      assertTrue(seen.has("x-forwarded-host: front.example"), seen.head());
      assertTrue(seen.has("via: 1.1 sallyport"), seen.head());
      assertTrue(seen.has("host: " + stub.url().getAuthority()), seen.head());
      assertTrue(seen.has("accept: a/b"), seen.head());
      for (String gone :
          List.of(
              "authorization",
              "x_remote_user",
              "impersonate-user",
              "impersonate_group",
              "x-remote-extra-a",
              "x-original-url",
              "forwarded",
              "upgrade",
              "http2-settings",
              "connection",
              "x-secret-hop",
              "te",
              "proxy-authorization")) {
        assertFalse(seen.names(gone), gone + " in " + seen.head());
      }
      assertFalse(seen.head().contains("admin"), seen.head());
      assertFalse(seen.head().contains("masters"), seen.head());
    }
  }

  @Test
  void impersonatesWithItsOwnToken(@TempDir Path folder) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "secret-1\n");
    try (StubUpstream stub = new StubUpstream((seen, out) -> StubUpstream.ok(out, "ok"))) {
      serve(stub.url(), UpstreamIdentity.IMPERSONATE, Optional.of(token));
      assertEquals("ok", get("/").body());
      assertTrue(stub.seen.get(0).has("authorization: bearer secret-1"));
      assertTrue(stub.seen.get(0).has("impersonate-group: devs"));
      Files.writeString(token, "secret-2\n");
      watcher.poll();
      get("/");
      assertTrue(stub.seen.get(1).has("authorization: bearer secret-2"));
    }
  }

  @Test
  void case171NameThatWouldBreakALineIsRefused() throws Exception {
    try (StubUpstream stub = new StubUpstream((seen, out) -> StubUpstream.ok(out, "ok"))) {
      serve(
          stub.url(),
          UpstreamIdentity.HEADERS,
          Optional.empty(),
          UserInfo.of("a\r\nX-Evil: 1"),
          RequestContext.NO_DEADLINE);
      assertEquals(400, get("/").statusCode());
      assertTrue(stub.seen.isEmpty());
    }
  }

  @Test
  void unreachableIs503() throws Exception {
    URI nobody;
    try (StubUpstream stub = new StubUpstream((seen, out) -> false)) {
      nobody = stub.url();
    }
    serve(nobody, UpstreamIdentity.NONE, Optional.empty());
    HttpResponse<String> answer = get("/");
    assertEquals(503, answer.statusCode());
    assertTrue(answer.body().contains("\"reason\":\"ServiceUnavailable\""), answer.body());
  }

  @Test
  void unknownHostIs503() throws Exception {
    serve(URI.create("http://no-such-host.invalid"), UpstreamIdentity.NONE, Optional.empty());
    assertEquals(503, get("/").statusCode());
  }

  @Test
  void nonsenseIs502() throws Exception {
    try (StubUpstream stub =
        new StubUpstream((seen, out) -> StubUpstream.raw(out, "SSH-2.0-OpenSSH\r\n\r\n"))) {
      serve(stub.url(), UpstreamIdentity.NONE, Optional.empty());
      assertEquals(502, get("/").statusCode());
    }
  }

  @Test
  void staleConnectionIsTriedOnceMore() throws Exception {
    // Every connection answers once and dies at its second request without a word.
    Map<OutputStream, Boolean> used = new ConcurrentHashMap<>();
    try (StubUpstream stub =
        new StubUpstream(
            (seen, out) -> used.put(out, true) == null && StubUpstream.ok(out, "ok"))) {
      serve(stub.url(), UpstreamIdentity.NONE, Optional.empty());
      try (RawClient client = new RawClient(server.port())) {
        String get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        client.send(get).until("ok");
        assertTrue(client.send(get).until("ok").startsWith("HTTP/1.1 200 "));
        String post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx";
        assertTrue(client.send(post).until("\r\n\r\n").startsWith("HTTP/1.1 503 "));
      }
      assertEquals(2, stub.connections.get());
    }
  }

  @Test
  void diesBeforeTheHeadIs503() throws Exception {
    try (StubUpstream stub = new StubUpstream((seen, out) -> false)) {
      serve(stub.url(), UpstreamIdentity.NONE, Optional.empty());
      assertEquals(503, get("/").statusCode());
      assertEquals(1, stub.seen.size(), "a fresh connection is not tried again");
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void case168DeathAmidTheBodyIsSeen(HttpClient.Version version) throws Exception {
    try (StubUpstream stub =
        new StubUpstream(
            (seen, out) -> {
              StubUpstream.raw(
                  out,
                  seen.head().startsWith("GET /chunked")
                      ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
                      : "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
              return false;
            })) {
      serve(stub.url(), UpstreamIdentity.NONE, Optional.empty());
      for (String path : List.of("/chunked", "/length")) {
        assertThrows(
            IOException.class,
            () -> client(version).send(request(path).build(), BodyHandlers.ofString()),
            path);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 102, 103})
  void interimAnswersAreNotPassedOn(int status) throws Exception {
    try (StubUpstream stub =
        new StubUpstream(
            (seen, out) -> {
              StubUpstream.raw(out, "HTTP/1.1 " + status + " Interim\r\nX-Early: 1\r\n\r\n");
              return StubUpstream.ok(out, "final");
            })) {
      serve(stub.url(), UpstreamIdentity.NONE, Optional.empty());
      HttpResponse<String> answer = get("/");
      assertEquals("final", answer.body());
      assertTrue(answer.headers().firstValue("x-early").isEmpty());
    }
  }

  @Test
  void headNoContentAndNotModifiedHaveNoBody() throws Exception {
    try (StubUpstream stub =
        new StubUpstream(
            (seen, out) -> {
              String status =
                  seen.head().contains(" /none ")
                      ? "204 No Content\r\n"
                      : seen.head().contains(" /same ")
                          ? "304 Not Modified\r\nETag: x\r\n"
                          : "200 OK\r\nContent-Length: 1000\r\n";
              return StubUpstream.raw(out, "HTTP/1.1 " + status + "\r\n");
            })) {
      serve(stub.url(), UpstreamIdentity.NONE, Optional.empty());
      try (RawClient client = new RawClient(server.port())) {
        client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n");
        assertTrue(client.until("\r\n\r\n").contains("Content-Length: 1000\r\n"));
        client.send("GET /none HTTP/1.1\r\nHost: a\r\n\r\n");
        assertTrue(client.until("\r\n\r\n").startsWith("HTTP/1.1 204"));
        client.send("GET /same HTTP/1.1\r\nHost: a\r\n\r\n");
        String same = client.until("\r\n\r\n");
        assertTrue(same.startsWith("HTTP/1.1 304"));
        assertFalse(same.contains("Transfer-Encoding"), same);
        client.send("HEAD /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").untilClosed();
      }
      assertEquals(1, stub.connections.get());
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void largeBodiesStreamBothWays(HttpClient.Version version) throws Exception {
    String large = "0123456789abcdef".repeat(500_000);
    try (StubUpstream stub = new StubUpstream((seen, out) -> StubUpstream.ok(out, seen.body()))) {
      serve(stub.url(), UpstreamIdentity.NONE, Optional.empty());
      HttpResponse<String> answer =
          client(version)
              .send(
                  request("/").POST(BodyPublishers.ofString(large)).build(),
                  BodyHandlers.ofString());
      assertEquals(large, answer.body());
    }
  }

  @Test
  void unknownLengthsGoInChunksWithTheirTrailers() throws Exception {
    try (StubUpstream stub =
        new StubUpstream(
            (seen, out) ->
                StubUpstream.raw(
                    out,
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"
                        + "X-Trailer: 1\r\n\r\n"))) {
      serve(stub.url(), UpstreamIdentity.NONE, Optional.empty());
      try (RawClient client = new RawClient(server.port())) {
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2\r\nxy\r\n1\r\nz\r\n0\r\nX-Remote-User: admin\r\nX-Sum: 7\r\n\r\n");
        String answer = client.until("\r\n0\r\nX-Trailer: 1\r\n\r\n");
        assertTrue(answer.contains("\r\n3\r\nabc\r\n"), answer);
      }
      assertEquals("xyz", stub.seen.get(0).body());
      assertTrue(stub.bytes().endsWith("\r\n0\r\nx-sum: 7\r\n\r\n"), stub.bytes());
      assertFalse(stub.bytes().contains("admin"), stub.bytes());
    }
  }

  @Test
  void brokenBodyNeverArrivesWhole() throws Exception {
    try (StubUpstream stub = new StubUpstream((seen, out) -> StubUpstream.ok(out, "ok"))) {
      serve(stub.url(), UpstreamIdentity.NONE, Optional.empty());
      try (RawClient client = new RawClient(server.port())) {
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nxy\r\nZZ\r\n");
        assertTrue(client.untilClosed().startsWith("HTTP/1.1 400 "));
      }
      assertTrue(stub.seen.isEmpty());
    }
  }

  @Test
  void upstreamIsLeftWhenTheTimeIsUp() throws Exception {
    CompletableFuture<Void> left = new CompletableFuture<>();
    try (StubUpstream stub =
        StubUpstream.byHand(
            (in, out) -> {
              StubUpstream.head(in);
              if (in.read() < 0) {
                left.complete(null);
              }
            })) {
      serve(
          stub.url(),
          UpstreamIdentity.NONE,
          Optional.empty(),
          USER,
          TimeUnit.MILLISECONDS.toNanos(500));
      try (RawClient client = new RawClient(server.port())) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        left.get(20, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void case166ClusterNeverSendsClientsElsewhere() throws Exception {
    try (StubUpstream stub =
        new StubUpstream(
            (seen, out) ->
                StubUpstream.raw(
                    out,
                    "HTTP/1.1 302 Found\r\nLocation: https://evil.test/\r\nContent-Length: 0\r\n\r\n"))) {
      serve(stub.url(), UpstreamIdentity.IMPERSONATE, Optional.empty());
      HttpResponse<String> answer = get("/");
      assertEquals(502, answer.statusCode());
      assertTrue(answer.headers().firstValue("location").isEmpty());
    }
  }
}
