package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import dev.sallyport.authz.factory.RouteJudge;
import dev.sallyport.authz.factory.UpstreamJudges;
import dev.sallyport.authz.factory.Webhooks;
import dev.sallyport.authz.webhook.WebhookObserver;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.config.routes.RouteAuthorizationConfig;
import dev.sallyport.server.endpoint.proxy.StubUpstream;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.Secret;
import dev.sallyport.webhook.TlsPeer;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.factory.Connectors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often judges ask the cluster behind, counted there. */
final class JudgeQuestionsTest {

  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

  private final HttpsConnector connector = Connectors.create();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final AtomicInteger requests = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    connector.close();
    threads.shutdownNow();
  }

  private UpstreamJudges judges() {
    return new UpstreamJudges(
        new Webhooks(connector, Clock.systemUTC(), threads, WebhookObserver.NONE));
  }

  private static Watched<WebhookTarget> target(StubUpstream cluster) {
    return Watched.fixed(
        new WebhookTarget(
            cluster.url(), TlsPeer.PUBLIC, Optional.of(new Secret("Bearer the-gateways-own"))));
  }

  private static CompletableFuture<Decision> ask(RouteJudge judge, String user, String namespace) {
    return judge
        .authorizer()
        .authorize(
            new Attributes(
                new UserInfo(user, "", List.of(), Map.of()),
                RequestInfo.ofResource("list", "", "v1", namespace, "pods", "", "")))
        .toStage()
        .toCompletableFuture()
        .thenApply(AuthorizationResult::decision);
  }

  private static Decision answer(CompletableFuture<Decision> asked) throws Exception {
    return asked.get(20, TimeUnit.SECONDS);
  }

  @Test
  void manyWhoAskTheSameAtOnceCauseOneReview() throws Exception {
    CountDownLatch everybodyWaits = new CountDownLatch(1);
    try (StubUpstream cluster =
        new StubUpstream(
            (seen, out) -> {
              requests.incrementAndGet();
              await(everybodyWaits);
              boolean allowed = seen.body().contains("\"user\":\"ann\"");
              return seen.head().startsWith("POST " + REVIEWS)
                  && json(
                      out,
                      201,
                      "{\"kind\":\"SubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\","
                          + "\"status\":{\"allowed\":"
                          + allowed
                          + "}}");
            })) {
      RouteJudge judge =
          judges().reviewing("test", RouteAuthorizationConfig.DEFAULT, target(cluster));
      try {
        List<CompletableFuture<Decision>> same = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          same.add(ask(judge, "ann", "a"));
        }
        CompletableFuture<Decision> other = ask(judge, "bob", "a");
        everybodyWaits.countDown();
        for (CompletableFuture<Decision> each : same) {
          assertEquals(Decision.ALLOW, answer(each));
        }
        assertTrue(answer(other) != Decision.ALLOW);
        assertEquals(2, requests.get());

        // What was said is remembered, yes and no alike, for exactly this question.
        for (int i = 0; i < 50; i++) {
          assertEquals(Decision.ALLOW, answer(ask(judge, "ann", "a")));
          assertTrue(answer(ask(judge, "bob", "a")) != Decision.ALLOW);
        }
        assertEquals(2, requests.get());
        assertEquals(Decision.ALLOW, answer(ask(judge, "ann", "b")));
        assertEquals(3, requests.get());
      } finally {
        judge.end().run();
      }
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("nobody waits");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean json(OutputStream out, int status, String body) throws IOException {
    return StubUpstream.raw(
        out,
        "HTTP/1.1 "
            + status
            + " OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  /** A cluster with one role and no binding, until an event tells of one. */
  private final class Watches implements StubUpstream.Wire {

    private final AtomicReference<OutputStream> bindings = new AtomicReference<>();
    private final CountDownLatch begun = new CountDownLatch(4);

    @Override
    public void serve(InputStream in, OutputStream out) throws IOException {
      while (true) {
        String head = StubUpstream.head(in);
        requests.incrementAndGet();
        if (head.contains("watch=true")) {
          StubUpstream.raw(
              out,
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n");
          if (head.contains("/clusterrolebindings?")) {
            bindings.set(out);
          }
          begun.countDown();
        } else {
          json(out, 200, list(head));
        }
      }
    }

    private String list(String head) {
      String items =
          head.contains("/clusterroles?")
              ? "{\"metadata\":{\"name\":\"looker\",\"resourceVersion\":\"1\"},\"rules\":"
                  + "[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"list\"]}]}"
              : "";
      return "{\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[" + items + "]}";
    }

    void say(String type, int version) throws IOException {
      String event =
          ("{'type':'%s','object':{'kind':'ClusterRoleBinding',"
                  + "'apiVersion':'rbac.authorization.k8s.io/v1','metadata':{'name':'b',"
                  + "'resourceVersion':'%d'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io',"
                  + "'kind':'ClusterRole','name':'looker'},'subjects':[{'kind':'User',"
                  + "'apiGroup':'rbac.authorization.k8s.io','name':'ann'}]}}\n")
              .formatted(type, version)
              .replace('\'', '"');
      StubUpstream.raw(
          bindings.get(), Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
    }
  }

  @Test
  void rulesThatAreWatchedAnswerWithoutARequestAndFollowTheirBindings() throws Exception {
    Watches watches = new Watches();
    try (StubUpstream cluster = StubUpstream.byHand(watches)) {
      RouteJudge judge =
          judges().following("test", RouteAuthorizationConfig.DEFAULT, target(cluster));
      try {
        assertTrue(watches.begun.await(20, TimeUnit.SECONDS), cluster::bytes);
        while (judge.unavailable().get() != null) {
          Thread.onSpinWait();
        }
        assertEquals(8, requests.get(), "four kinds are listed and watched");
        for (int i = 0; i < 100; i++) {
          CompletableFuture<Decision> asked = ask(judge, i % 2 == 0 ? "ann" : "bob", "ns-" + i);
          assertTrue(asked.isDone(), "it is known already");
          assertEquals(Decision.NO_OPINION, answer(asked));
        }
        watches.say("ADDED", 6);
        awaits(judge, Decision.ALLOW);
        for (int i = 0; i < 100; i++) {
          assertEquals(Decision.ALLOW, answer(ask(judge, "ann", "ns-" + i)));
          assertEquals(Decision.NO_OPINION, answer(ask(judge, "bob", "ns-" + i)));
        }
        watches.say("DELETED", 7);
        awaits(judge, Decision.NO_OPINION);
        assertEquals(8, requests.get(), cluster::bytes);
        assertNull(judge.unavailable().get());
      } finally {
        judge.end().run();
      }
    }
  }

  private static void awaits(RouteJudge judge, Decision wanted) throws Exception {
    while (answer(ask(judge, "ann", "a")) != wanted) {
      Thread.onSpinWait();
    }
  }
}
