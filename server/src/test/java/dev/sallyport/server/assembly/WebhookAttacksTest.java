package dev.sallyport.server.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks that are slow, down or lie, seen through a real server by its clients. */
final class WebhookAttacksTest {

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
    Files.writeString(folder.resolve("tokens.csv"), "static,sam,1\nbob,bob,2\n");
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

  private RunningServer authenticating() throws Exception {
    return RunningServer.start(
        folder.resolve("data"),
        "--token-auth-file=" + folder.resolve("tokens.csv"),
        "--authentication-token-webhook-config-file=" + folder.resolve("hook"),
        "--authentication-token-webhook-version=v1");
  }

  private RunningServer authorizing() throws Exception {
    return RunningServer.start(
        folder.resolve("data"),
        "--token-auth-file=" + folder.resolve("tokens.csv"),
        "--authorization-mode=RBAC,Webhook",
        "--authorization-webhook-config-file=" + folder.resolve("hook"),
        "--authorization-webhook-version=v1");
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
    try (RunningServer server = authenticating()) {
      vouches(ANN);
      assertEquals(200, server.status("good", OPEN));

      hook.reply(StubReply.json(500, "{}"));
      assertEquals(401, server.status("t-500", OPEN));
      hook.reply(StubReply.json(200, "<html>"));
      assertEquals(401, server.status("t-html", OPEN));
      hook.reply(StubReply.raw("SSH-2.0-OpenSSH\r\n\r\n"));
      assertEquals(401, server.status("t-ssh", OPEN));
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
      assertEquals(401, server.status("t-large", OPEN));
      hook.reply(StubReply.raw("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"));
      assertEquals(401, server.status("t-redirect", OPEN));
      hook.close();
      assertEquals(401, server.status("t-down", OPEN));

      assertEquals(200, server.status("static", OPEN));
      assertEquals(200, server.status("good", OPEN));
    }
  }

  @Test
  void case114SlowTokenWebhookHoldsNobodyElseUp() throws Exception {
    try (RunningServer server = authenticating()) {
      holds();
      List<CompletableFuture<HttpResponse<String>>> slow =
          List.of("a", "b", "c", "d", "e", "f").stream()
              .map(token -> server.get(token, OPEN))
              .toList();

      for (int i = 0; i < 10; i++) {
        assertEquals(200, server.status("static", OPEN));
      }
      assertFalse(slow.stream().anyMatch(CompletableFuture::isDone));

      released.countDown();
      hook.close();
      for (CompletableFuture<HttpResponse<String>> each : slow) {
        assertEquals(401, each.get(60, TimeUnit.SECONDS).statusCode());
      }
    }
  }

  @Test
  void case114TokenWebhookThatNeverAnswersIsAbandonedAtItsDeadline() throws Exception {
    try (RunningServer server = authenticating()) {
      holds();

      assertEquals(401, server.status("t", OPEN)); // while the webhook still holds its answer
      assertEquals(1, released.getCount());
    }
  }

  @Test
  void case116NobodyAndTokensForOthersAreRefused() throws Exception {
    try (RunningServer server = authenticating()) {
      vouches(
          "{\"authenticated\":true,\"user\":{\"username\":\"\",\"groups\":[\"system:masters\"]}}");
      assertEquals(401, server.status("nameless", OPEN));
      vouches("{\"authenticated\":true,\"audiences\":[\"vault\"],\"user\":{\"username\":\"ann\"}}");
      assertEquals(401, server.status("elsewhere", OPEN));
      assertEquals(401, server.status("elsewhere", OPEN));
    }
  }

  @Test
  void case117AuthorizationWebhookThatFailsOpensNothing() throws Exception {
    try (RunningServer server = authorizing()) {
      hook.reply(StubReply.json(200, "[]"));
      assertEquals(500, server.status("static", LIST));
      decides("{\"allowed\":\"true\"}");
      assertEquals(500, server.status("static", LIST));
      decides("{\"allowed\":true,\"denied\":true}");
      assertEquals(500, server.status("static", LIST));
      hook.reply(StubReply.raw("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"));
      assertEquals(500, server.status("static", LIST));
      decides("{\"allowed\":false}");
      assertEquals(403, server.status("static", LIST));
    }
  }

  @Test
  void case117DecisionsNeverCrossUsersOrVerbs() throws Exception {
    try (RunningServer server = authorizing()) {
      decides("{\"allowed\":true}");
      assertEquals(200, server.status("static", LIST));
      decides("{\"allowed\":false}");
      assertEquals(200, server.status("static", LIST));
      assertEquals(403, server.status("bob", LIST));
      assertEquals(403, server.status("static", LIST + "/a"));
      assertEquals(403, server.status("static", LIST + "?watch=1"));
    }
  }

  @Test
  void case071WebhookOfAnotherAuthorityIsNotBelieved() throws Exception {
    Files.writeString(
        folder.resolve("ca.crt"), PemWriter.certificates(List.of(OTHER.certificate())));
    vouches(ANN);
    try (RunningServer server = authenticating()) {
      assertEquals(401, server.status("t", OPEN));
      assertTrue(hook.requests().isEmpty());

      // The right authority comes by a reload, without a restart.
      Files.writeString(
          folder.resolve("ca.crt"), PemWriter.certificates(List.of(CA.certificate())));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (server.status("t", OPEN) != 200) {
        assertTrue(System.nanoTime() < end, "not reloaded");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }
}
