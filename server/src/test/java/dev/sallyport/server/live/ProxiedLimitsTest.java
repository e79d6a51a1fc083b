package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.server.endpoint.proxy.StubUpstream;
import dev.sallyport.server.live.LiveServer.Reply;
import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.http2.H2Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bounds and ends requests holds before a backend too, and no name breaks a line there. */
final class ProxiedLimitsTest {

  private static final String RBAC =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: all}
      rules: [{nonResourceURLs: ["/*"], verbs: ["*"]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: alls}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:authenticated"}]
      """;

  private static final String ANN = "Host: x\r\nAuthorization: Bearer tok-ann\r\n";
  private static final String EVIL = "x-evil: 1";

  @TempDir Path folder;
  private final Semaphore held = new Semaphore(0);
  private final CountDownLatch release = new CountDownLatch(1);
  private StubUpstream stub;

  @BeforeEach
  void start() throws Exception {
    stub =
        new StubUpstream(
            (seen, out) -> {
              if (seen.head().contains(" /hold ")) {
                held.release();
                await(release);
              }
              return StubUpstream.ok(out, "served");
            });
    Files.writeString(folder.resolve("rbac.yaml"), RBAC);
  }

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    stub.close();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("nobody releases it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LiveServer server(String... flags) throws Exception {
    String[] all = new String[flags.length + 2];
    all[0] = "--upstream=" + stub.url();
    all[1] = "--rbac-file=" + folder.resolve("rbac.yaml");
    System.arraycopy(flags, 0, all, 2, flags.length);
    return LiveServer.start(
        folder,
        "tok-ann,ann,u1,dev\n"
            + "tok-group,ann,u1,\"dev\r\nX-Evil: 1\"\n"
            + "tok-uid,ann,\"u1\r\nX-Evil: 1\",dev\n"
            + "tok-user,\"ann\r\nX-Evil: 1\",u1,dev\n",
        all);
  }

  private void awaitHeld(int count) throws InterruptedException {
    assertTrue(held.tryAcquire(count, 20, TimeUnit.SECONDS), "the backend was not asked");
  }

  @Test
  void case186MoreThanMayRunAreToldToComeBackAndNobodyElseSuffers() throws Exception {
    try (LiveServer server =
            server("--max-requests-inflight=2", "--max-mutating-requests-inflight=1");
        RawClient one = new RawClient(server.port());
        RawClient two = new RawClient(server.port())) {
      String hold = "GET /hold HTTP/1.1\r\n" + ANN + "\r\n";
      one.send(hold);
      two.send(hold);
      awaitHeld(2);
      int before = stub.seen.size();
      Reply refused = server.get("/x", "Authorization: Bearer tok-ann");
      assertEquals(429, refused.status(), refused.body());
      assertTrue(refused.body().startsWith("Too many requests"), refused.body());
      assertTrue(
          refused.head().toLowerCase(Locale.ROOT).contains("\r\nretry-after: 1"), refused.head());
      assertEquals(before, stub.seen.size(), "who is refused does not reach the backend");
      assertEquals("served", server.get("/x", "Authorization: Bearer master").body());
      assertEquals(200, server.get("/livez").status());
      assertEquals(
          "served", server.send(null, "POST", "/x", "a", "Authorization: Bearer tok-ann").body());
      release.countDown();
      one.until("served");
      two.until("served");
      assertEquals("served", server.get("/x", "Authorization: Bearer tok-ann").body());
    }
  }

  @Test
  void case187WhatRunsEndsWellAndNothingNewBegins() throws Exception {
    LiveServer server = server();
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    try (H2Client second = new H2Client(server.port());
        RawClient first = new RawClient(server.port())) {
      first.send("POST /hold HTTP/1.1\r\n" + ANN + "Content-Length: 5\r\n\r\nhello");
      second
          .headers(1, true, H2Client.request("GET", "/hold", "authorization", "Bearer tok-ann"))
          .flush();
      awaitHeld(2);
      Thread stopping = new Thread(() -> stop(server, stopped));
      stopping.start();
      second.await(frame -> frame.type() == H2Client.GOAWAY);
      int before = stub.seen.size();
      assertFalse(stopped.isDone(), "two requests run");
      release.countDown();
      assertEquals("served", second.await(H2Client.DATA, 1).text());
      String answer = first.untilClosed();
      assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("served"), answer);
      stopped.get(30, TimeUnit.SECONDS);
      assertEquals(before, stub.seen.size());
      assertTrue(stub.seen.stream().anyMatch(seen -> seen.body().equals("hello")));
    }
  }

  private static void stop(LiveServer server, CompletableFuture<Void> stopped) {
    try {
      server.close();
      stopped.complete(null);
    } catch (Exception e) {
      stopped.completeExceptionally(e);
    }
  }

  /** Byte by byte, each in time: the whole has a limit all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"})
  void case182AnUploadThatTricklesIsEndedAndNeverWhole(String framing) throws Exception {
    boolean chunked = framing.startsWith("T");
    try (LiveServer server = server("--request-timeout=1s");
        RawClient client = new RawClient(server.port())) {
      client.send("POST /slow HTTP/1.1\r\n" + ANN + framing);
      Thread trickle =
          new Thread(
              () -> {
                try {
                  while (true) {
                    client.send(chunked ? "1\r\nx\r\n" : "x");
                    TimeUnit.MILLISECONDS.sleep(50);
                  }
                } catch (IOException | InterruptedException over) {
                  // the server has had enough
                }
              });
      trickle.start();
      String answer = client.until("\r\n\r\n");
      trickle.interrupt();
      trickle.join();
      assertTrue(answer.startsWith("HTTP/1.1 504 "), answer);
    }
    assertTrue(stub.seen.isEmpty(), "half a body is no request");
    assertFalse(stub.bytes().endsWith("\r\n0\r\n\r\n"), stub.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"headers", "impersonate"})
  void case171NoNameGroupUidOrExtraBreaksALine(String identity) throws Exception {
    try (LiveServer server = server("--upstream-identity=" + identity)) {
      CertifiedKey user = LiveServer.certificate(LiveServer.CLIENTS, "eve\r\nX-Evil: 1", "dev");
      CertifiedKey group = LiveServer.certificate(LiveServer.CLIENTS, "eve", "dev\r\nX-Evil: 1");
      assertEquals(400, server.send(user, "GET", "/x", "").status());
      assertEquals(400, server.send(group, "GET", "/x", "").status());
      for (String token : new String[] {"tok-user", "tok-group", "tok-uid"}) {
        Reply reply = server.get("/x", "Authorization: Bearer " + token);
        assertTrue(
            reply.status() == 400 || reply.body().equals("served") && !evil(), token + reply);
      }
      Reply extra =
          server.get(
              "/x",
              "Authorization: Bearer master",
              "Impersonate-User: eve",
              "Impersonate-Group: dev%0d%0aX-Evil: 1",
              "Impersonate-Uid: 1%0d%0aX-Evil: 1",
              "Impersonate-Extra-key%0d%0aX-Evil%3a%201: value");
      assertEquals(200, extra.status(), extra.body());
      String bytes = stub.bytes().toLowerCase(Locale.ROOT);
      assertTrue(bytes.contains("-extra-key%0d%0ax-evil%3a%201: value\r\n"), bytes);
      assertTrue(bytes.contains("-group: dev%0d%0ax-evil: 1\r\n"), bytes);
      assertFalse(evil(), bytes);
    }
  }

  private boolean evil() {
    String bytes = stub.bytes().toLowerCase(Locale.ROOT);
    return bytes.contains("\n" + EVIL) || bytes.contains("\r" + EVIL);
  }
}
