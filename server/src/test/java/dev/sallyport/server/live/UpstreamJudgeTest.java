package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.config.routes.RouteAuthorizationConfig;
import dev.sallyport.server.live.LiveServer.Reply;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.Secret;
import dev.sallyport.webhook.TlsPeer;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.factory.Connectors;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judges that go by what another cluster says, which is a server of ours. */
final class UpstreamJudgeTest {

  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final RequestInfo LIST =
      RequestInfo.ofResource("list", "", "v1", "default", "configmaps", "", "");
  private static final String BINDING =
      "{'metadata':{'name':'%s'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io',"
          + "'kind':'ClusterRole','name':'view'},'subjects':[{'apiGroup':"
          + "'rbac.authorization.k8s.io','kind':'User','name':'%s'}]}";

  @TempDir static Path folder;
  private static final HttpsConnector CONNECTOR = Connectors.create();
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(2);
  private static LiveServer cluster;
  private static UpstreamJudges judges;
  private static Watched<WebhookTarget> target;

  @BeforeAll
  static void start() throws Exception {
    cluster = LiveServer.start(folder, "");
    judges =
        new UpstreamJudges(
            new Webhooks(CONNECTOR, Clock.systemUTC(), THREADS, WebhookObserver.NONE));
    target =
        Watched.fixed(
            new WebhookTarget(
                URI.create("https://127.0.0.1:" + cluster.port()),
                TlsPeer.of(Certificates.read(folder.resolve("data/ca.crt"))),
                Optional.of(new Secret("Bearer master"))));
  }

  @AfterAll
  static void stop() throws Exception {
    CONNECTOR.close();
    cluster.close();
    THREADS.shutdownNow();
  }

  @Test
  void rolesWatchedAtTheUpstreamFollowItsBindings() throws Exception {
    RouteJudge judge = judges.following("blue", RouteAuthorizationConfig.DEFAULT, target);
    try {
      while (judge.unavailable().get() != null) {
        Thread.onSpinWait();
      }
      assertEquals(Decision.NO_OPINION, decide(judge, "ann"));
      write("POST", "clusterrolebindings", BINDING.formatted("ann-views", "ann"), 201);
      awaits(judge, "ann", Decision.ALLOW);
      assertEquals(Decision.NO_OPINION, decide(judge, "bob"));
      write("DELETE", "clusterrolebindings/ann-views", "", 200);
      awaits(judge, "ann", Decision.NO_OPINION);
      assertEquals(
          Decision.ALLOW,
          decide(judge, new UserInfo("root", "", List.of("system:masters"), Map.of())));
    } finally {
      judge.end().run();
    }
  }

  @Test
  void theUpstreamsReviewIsAskedAndRemembered() throws Exception {
    RouteJudge judge = judges.reviewing("test", RouteAuthorizationConfig.DEFAULT, target);
    try {
      write("POST", "clusterrolebindings", BINDING.formatted("eve-views", "eve"), 201);
      assertEquals(Decision.ALLOW, decide(judge, "eve"));
      assertTrue(decide(judge, "mallory") != Decision.ALLOW, "nobody bound mallory");
      // What was said holds for its time, without another question.
      write("DELETE", "clusterrolebindings/eve-views", "", 200);
      assertEquals(Decision.ALLOW, decide(judge, "eve"));
    } finally {
      judge.end().run();
    }
  }

  private static void write(String method, String where, String body, int status) throws Exception {
    Reply reply = cluster.json("master", method, RBAC + where, body);
    assertEquals(status, reply.status(), reply.body());
  }

  private static void awaits(RouteJudge judge, String user, Decision wanted) throws Exception {
    while (decide(judge, user) != wanted) {
      Thread.onSpinWait();
    }
  }

  private static Decision decide(RouteJudge judge, String user) throws Exception {
    return decide(judge, new UserInfo(user, "", List.of(), Map.of()));
  }

  private static Decision decide(RouteJudge judge, UserInfo user) throws Exception {
    AuthorizationResult result =
        judge
            .authorizer()
            .authorize(new Attributes(user, LIST))
            .toStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    return result.decision();
  }
}
