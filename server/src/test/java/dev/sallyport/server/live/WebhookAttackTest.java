package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks that are slow, down or lie, seen through a real server by its clients. */
final class WebhookAttackTest {

  private static final CertificateAuthority CA = StubServer.authority("ca");
  private static final CertificateAuthority OTHER = StubServer.authority("other");
  private static final String OPEN = "/api";
  private static final String LIST = "/api/v1/namespaces/default/configmaps";
  private static final String TOKEN_REVIEW =
      "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"status\":%s}";
  private static final String ACCESS_REVIEW =
      "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SubjectAccessReview\",\"status\":%s}";
  private static final String ANN =
      "{\"authenticated\":true,\"user\":{\"username\":\"ann\",\"groups\":[\"g\"]}}";

  @TempDir Path folder;
  private final CountDownLatch released = new CountDownLatch(1);
  private StubServer hook;

  @BeforeEach
  void startHook() throws Exception {
    hook = StubServer.start(StubServer.certificate(CA), StubReply.json(500, "{}"));
    Files.writeString(folder.resolve("ca.crt"), PemWriter.certificates(List.of(CA.certificate())));
    Files.writeString(
        folder.resolve("hook"),
        """
        current-context: w
        clusters: [{name: w, cluster: {server: '%s', certificate-authority: ca.crt}}]
        contexts: [{name: w, context: {cluster: w}}]
        """
            .formatted(hook.url("/hook")));
  }

  @AfterEach
  void stopHook() throws Exception {
    released.countDown();
    hook.close();
  }

  private LiveServer authenticating() throws Exception {
    return LiveServer.start(
        folder,
        "static,sam,1\nbob,bob,2\n",
        "--authentication-token-webhook-config-file=" + folder.resolve("hook"),
        "--authentication-token-webhook-version=v1");
  }

  private LiveServer authorizing() throws Exception {
    return LiveServer.start(
        folder,
        "static,sam,1\nbob,bob,2\n",
        "--authorization-mode=RBAC,Webhook",
        "--authorization-webhook-config-file=" + folder.resolve("hook"),
        "--authorization-webhook-version=v1");
  }

  private static int status(LiveServer server, String token, String target) throws Exception {
    return server.get(target, "Authorization: Bearer " + token).status();
  }

  private void vouches(String status) {
    hook.reply(StubReply.json(200, TOKEN_REVIEW.formatted(status)));
  }

  private void decides(String status) {
    hook.reply(StubReply.json(200, ACCESS_REVIEW.formatted(status)));
  }

  private void holds() {
    hook.reply(
        (request, out) -> {
          try {
            assertTrue(released.await(60, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          throw new IOException("ends without an answer");
        });
  }

  @Test
  void case114TokenWebhookThatFailsLetsNobodyIn() throws Exception {
    try (LiveServer server = authenticating()) {
      vouches(ANN);
      assertEquals(200, status(server, "good", OPEN));

      hook.reply(StubReply.json(500, "{}"));
      assertEquals(401, status(server, "t-500", OPEN));
      hook.reply(StubReply.json(200, "<html>"));
      assertEquals(401, status(server, "t-html", OPEN));
      hook.reply(StubReply.raw("SSH-2.0-OpenSSH\r\n\r\n"));
      assertEquals(401, status(server, "t-ssh", OPEN));
      hook.reply(
          (request, out) -> {
            out.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk =
                ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 800; i++) { // 50 MiB
              out.write(chunk);
            }
          });
      assertEquals(401, status(server, "t-large", OPEN));
      hook.reply(StubReply.raw("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"));
      assertEquals(401, status(server, "t-redirect", OPEN));
      hook.close();
      assertEquals(401, status(server, "t-down", OPEN));

      assertEquals(200, status(server, "static", OPEN));
      assertEquals(200, status(server, "good", OPEN));
    }
  }

  @Test
  void case114SlowTokenWebhookHoldsNobodyElseUp() throws Exception {
    try (LiveServer server = authenticating()) {
      holds();
      ExecutorService clients = Executors.newFixedThreadPool(6);
      List<Future<Integer>> slow = new ArrayList<>();
      for (String token : List.of("a", "b", "c", "d", "e", "f")) {
        slow.add(clients.submit(() -> status(server, token, OPEN)));
      }

      for (int i = 0; i < 10; i++) {
        assertEquals(200, status(server, "static", OPEN));
      }
      assertFalse(slow.stream().anyMatch(Future::isDone));

      released.countDown();
      hook.close();
      for (Future<Integer> each : slow) {
        assertEquals(401, each.get(60, TimeUnit.SECONDS));
      }
      clients.shutdown();
    }
  }

  @Test
  void case114TokenWebhookThatNeverAnswersIsAbandonedAtItsDeadline() throws Exception {
    try (LiveServer server = authenticating()) {
      holds();

      assertEquals(401, status(server, "t", OPEN)); // while the webhook still holds its answer
      assertEquals(1, released.getCount());
    }
  }

  @Test
  void case116NobodyAndTokensForOthersAreRefused() throws Exception {
    try (LiveServer server = authenticating()) {
      vouches(
          "{\"authenticated\":true,\"user\":{\"username\":\"\",\"groups\":[\"system:masters\"]}}");
      assertEquals(401, status(server, "nameless", OPEN));
      vouches("{\"authenticated\":true,\"audiences\":[\"vault\"],\"user\":{\"username\":\"ann\"}}");
      assertEquals(401, status(server, "elsewhere", OPEN));
      assertEquals(401, status(server, "elsewhere", OPEN));
    }
  }

  @Test
  void case117AuthorizationWebhookThatFailsOpensNothing() throws Exception {
    try (LiveServer server = authorizing()) {
      hook.reply(StubReply.json(200, "[]"));
      assertEquals(500, status(server, "static", LIST));
      decides("{\"allowed\":\"true\"}");
      assertEquals(500, status(server, "static", LIST));
      decides("{\"allowed\":true,\"denied\":true}");
      assertEquals(500, status(server, "static", LIST));
      hook.reply(StubReply.raw("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"));
      assertEquals(500, status(server, "static", LIST));
      decides("{\"allowed\":false}");
      assertEquals(403, status(server, "static", LIST));
    }
  }

  @Test
  void case117DecisionsNeverCrossUsersOrVerbs() throws Exception {
    try (LiveServer server = authorizing()) {
      decides("{\"allowed\":true}");
      assertEquals(200, status(server, "static", LIST));
      decides("{\"allowed\":false}");
      assertEquals(200, status(server, "static", LIST));
      assertEquals(403, status(server, "bob", LIST));
      assertEquals(403, status(server, "static", LIST + "/a"));
      assertEquals(403, status(server, "static", LIST + "?watch=1"));
    }
  }

  @Test
  void case071WebhookOfAnotherAuthorityIsNotBelieved() throws Exception {
    Files.writeString(
        folder.resolve("ca.crt"), PemWriter.certificates(List.of(OTHER.certificate())));
    vouches(ANN);
    try (LiveServer server = authenticating()) {
      assertEquals(401, status(server, "t", OPEN));
      assertTrue(hook.requests().isEmpty());

      // The right authority comes by a reload, without a restart.
      Files.writeString(
          folder.resolve("ca.crt"), PemWriter.certificates(List.of(CA.certificate())));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (status(server, "t", OPEN) != 200) {
        assertTrue(System.nanoTime() < end, "not reloaded");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }
}
