package dev.sallyport.audit.factory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.audit.AuditObserver;
import dev.sallyport.audit.AuditSink;
import dev.sallyport.audit.AuditSink.Receipt;
import dev.sallyport.audit.Events;
import dev.sallyport.audit.Level;
import dev.sallyport.config.AuditBatchConfig;
import dev.sallyport.config.AuditConfig;
import dev.sallyport.config.AuditMode;
import dev.sallyport.config.AuditTruncationConfig;
import dev.sallyport.config.AuditWebhookConfig;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.factory.Connectors;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Policy and webhook as the configuration names them, with a real HTTPS server at the other end.
 */
@Timeout(60)
final class AuditFactoryTest {

  private static final CertificateAuthority CA = StubServer.authority("audit-ca");

  @TempDir Path folder;
  private final FileWatcher watcher = new FileWatcher();
  private final HttpsConnector connector = Connectors.create();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private final AuditObserver observer =
      new AuditObserver() {
        @Override
        public void event(Level level) {
          made.incrementAndGet();
        }

        @Override
        public void lost(String sink, int events) {
          lost.addAndGet(events);
        }

        @Override
        public void rejected() {}
      };
  private StubServer server;

  @BeforeEach
  void begin() throws Exception {
    server = StubServer.start(StubServer.certificate(CA), StubReply.json(404, "{}"));
    Files.writeString(
        folder.resolve("policy.yaml"),
        "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: Metadata}]}");
  }

  @AfterEach
  void close() throws IOException {
    connector.close();
    watcher.close();
    server.close();
  }

  private Audit open(AuditMode mode, int buffer, StubReply reply) throws Exception {
    server.reply(reply);
    Files.writeString(folder.resolve("ca.crt"), PemWriter.certificates(List.of(CA.certificate())));
    Files.writeString(
        folder.resolve("hook.kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: one
        clusters: [{name: c, cluster: {server: "%s", certificate-authority: ca.crt}}]
        users: [{name: u, user: {token: hook-token}}]
        contexts: [{name: one, context: {cluster: c, user: u}}]
        """
            .formatted(server.url("/audit")));
    AuditWebhookConfig webhook =
        new AuditWebhookConfig(
            folder.resolve("hook.kubeconfig"),
            mode,
            Duration.ofMillis(1),
            new AuditBatchConfig(buffer, 5, Duration.ofMillis(50), false, 0, 0),
            new AuditTruncationConfig(false, 0, 0));
    return factory()
        .open(
            folder.resolve("policy.yaml"),
            new AuditConfig(
                Optional.of(folder.resolve("policy.yaml")), Optional.empty(), Optional.of(webhook)),
            connector);
  }

  private AuditFactory factory() {
    return new AuditFactory(watcher, observer, Clock.systemUTC(), Runnable::run);
  }

  @Test
  void eventsArriveAtTheWebhookAsEventLists() throws Exception {
    try (Audit audit = open(AuditMode.BATCH, 100, StubReply.json(200, "{}"))) {
      for (int i = 0; i < 12; i++) {
        assertSame(AuditSink.AT_ONCE, audit.sink().accept(Events.listed("e" + i)));
      }
    }
    List<String> ids = new ArrayList<>();
    for (var request : server.requests()) {
      assertTrue(request.line().startsWith("POST /audit "), request.line());
      assertTrue(request.head().contains("Bearer hook-token"));
      JsonNode list = new ObjectMapper().readTree(request.body());
      assertEquals("EventList", list.get("kind").asText());
      assertTrue(list.get("items").size() <= 5);
      list.get("items").forEach(item -> ids.add(item.get("auditID").asText()));
    }
    assertEquals(12, ids.size());
    assertEquals(12, made.get());
    assertEquals(0, lost.get());
  }

  @Test
  void aFailedCallIsRepeated() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    StubReply second =
        (request, out) ->
            StubReply.json(calls.incrementAndGet() == 1 ? 500 : 200, "{}").write(request, out);
    try (Audit audit = open(AuditMode.BLOCKING_STRICT, 100, second)) {
      assertEquals(Receipt.TAKEN, receipt(audit));
    }
    assertEquals(2, calls.get());
    assertEquals(0, lost.get());
  }

  @Test
  void case193AWebhookThatFailsIsLossToStrictRequests() throws Exception {
    try (Audit audit = open(AuditMode.BLOCKING_STRICT, 100, StubReply.json(403, "{}"))) {
      assertEquals(Receipt.LOST, receipt(audit));
    }
    assertEquals(1, lost.get());
    assertEquals(5, server.requests().size());
  }

  @Test
  void case193AStuckWebhookHoldsNobodyUpAndDropsAreCounted() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    StubReply stuck =
        (request, out) -> {
          try {
            assertTrue(open.await(30, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          StubReply.json(200, "{}").write(request, out);
        };
    int sent = 1000;
    try (Audit audit = open(AuditMode.BATCH, 10, stuck)) {
      for (int i = 0; i < sent; i++) {
        assertSame(AuditSink.AT_ONCE, audit.sink().accept(Events.listed("e" + i)));
      }
      assertTrue(lost.get() > 0);
      open.countDown();
    }
    int arrived = 0;
    for (var request : server.requests()) {
      arrived += new ObjectMapper().readTree(request.body()).get("items").size();
    }
    assertEquals(sent, arrived + lost.get());
  }

  private static Receipt receipt(Audit audit) throws Exception {
    return audit
        .sink()
        .accept(Events.listed("one"))
        .toStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  @Test
  void aChangedPolicyIsInForceAndABadOneIsNot() throws Exception {
    try (Audit audit = open(AuditMode.BATCH, 10, StubReply.json(200, "{}"))) {
      var info = Events.listed("x").request().info();
      assertEquals(Level.METADATA, audit.policy().get().judge(null, info).level());
      Files.writeString(folder.resolve("policy.yaml"), "{apiVersion: audit.k8s.io/v1}");
      watcher.poll();
      assertEquals(Level.METADATA, audit.policy().get().judge(null, info).level());
      Files.writeString(
          folder.resolve("policy.yaml"),
          "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: Request}]}");
      watcher.poll();
      assertEquals(Level.REQUEST, audit.policy().get().judge(null, info).level());
    }
  }

  @Test
  void aPolicyThatIsNotThereIsTold() {
    InvalidFileException e =
        assertThrows(
            InvalidFileException.class,
            () ->
                factory()
                    .open(
                        folder.resolve("nowhere"),
                        new AuditConfig(Optional.empty(), Optional.empty(), Optional.empty()),
                        connector));
    assertTrue(e.fault().contains("no such file"), e.fault());
  }
}
