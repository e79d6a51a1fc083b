package dev.sallyport.authz.factory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import dev.sallyport.authz.factory.AuthorizerFactory.Authorization;
import dev.sallyport.authz.rbac.RbacIndex;
import dev.sallyport.authz.webhook.WebhookObserver;
import dev.sallyport.config.AuthorizationConfig;
import dev.sallyport.config.AuthorizationMode;
import dev.sallyport.config.ConfigException;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredAuthorizersTest {

  private static final CertificateAuthority CA = StubServer.authority("ca");
  private static final String ANSWER =
      "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SubjectAccessReview\","
          + "\"status\":{\"allowed\":%s,\"denied\":%s,\"reason\":\"the hook\"}}";

  @TempDir Path folder;
  private final FileWatcher watcher = new FileWatcher();
  private final HttpsConnector connector = Connectors.create();
  private StubServer hook;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    hook = StubServer.start(StubServer.certificate(CA), StubReply.json(500, ""));
    file = folder.resolve("authorization.yaml");
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
  void stop() throws Exception {
    watcher.close();
    connector.close();
    hook.close();
  }

  @Test
  void asksItsAuthorizersInTheirOrder() throws Exception {
    hook.reply(StubReply.json(200, ANSWER.formatted("false", "true")));
    write(webhook("request.user == 'ann'") + "- {type: AlwaysAllow, name: all}\n");
    Authorization authorization = follow();

    assertEquals(AuthorizationResult.deny("the hook"), judge(authorization, "ann"));
    assertEquals(Decision.ALLOW, judge(authorization, "bob").decision());
    assertEquals(1, hook.requests().size());
    assertTrue(authorization.rules().rulesFor(UserInfo.of("ann"), "a").incomplete());
  }

  @Test
  void takesChangesAndKeepsTheLastGoodOnes() throws Exception {
    write("- {type: AlwaysAllow, name: all}\n");
    Authorization authorization = follow();
    assertEquals(Decision.ALLOW, judge(authorization, "ann").decision());

    hook.reply(StubReply.json(200, ANSWER.formatted("false", "true")));
    write(webhook("request.user != 'nobody'"));
    watcher.poll();
    assertEquals(Decision.DENY, judge(authorization, "ann").decision());

    write(webhook("request.nothing"));
    watcher.poll();
    assertEquals(Decision.DENY, judge(authorization, "bob").decision());

    Files.writeString(folder.resolve("ca.crt"), "no certificate");
    write(webhook("true"));
    watcher.poll();
    assertEquals(Decision.DENY, judge(authorization, "eve").decision());

    write("- {type: AlwaysAllow, name: all}\n");
    watcher.poll();
    assertEquals(Decision.ALLOW, judge(authorization, "ann").decision());
  }

  @Test
  void tellsWhatIsWrongBeforeItStarts() throws Exception {
    write(webhook("request.nothing").replace(folder + "/hook", folder + "/none"));

    InvalidFileException told =
        assertThrows(InvalidFileException.class, () -> AuthorizerFactory.check(file));
    assertTrue(
        told.fault().contains("authorizers[0].webhook.matchConditions[0].expression: "),
        told.fault());

    write(webhook("true").replace(folder + "/hook", folder + "/none"));
    InvalidFileException missing =
        assertThrows(InvalidFileException.class, () -> AuthorizerFactory.check(file));
    assertTrue(missing.fault().contains("none: no such file"), missing.fault());

    ConfigException refused = assertThrows(ConfigException.class, this::follow);
    assertEquals("--authorization-config", refused.faults().get(0).flag());
  }

  private Authorization follow() {
    return AuthorizerFactory.create(
        new AuthorizationConfig(
            List.of(AuthorizationMode.RBAC), Optional.empty(), Optional.of(file), Optional.empty()),
        new RbacIndex(),
        watcher,
        new Webhooks(connector, Clock.systemUTC(), Runnable::run, WebhookObserver.NONE));
  }

  private String webhook(String condition) {
    return """
        - type: Webhook
          name: hook
          webhook:
            timeout: 30s
            subjectAccessReviewVersion: v1
            matchConditionSubjectAccessReviewVersion: v1
            failurePolicy: Deny
            connectionInfo: {type: KubeConfigFile, kubeConfigFile: %s/hook}
            matchConditions: [{expression: "%s"}]
        """
        .formatted(folder, condition);
  }

  private void write(String authorizers) throws IOException {
    Files.writeString(
        file,
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n"
            + authorizers);
  }

  private static AuthorizationResult judge(Authorization authorization, String user)
      throws Exception {
    RequestInfo request = RequestInfo.ofResource("get", "", "v1", "", "nodes", "", "n");
    return authorization
        .authorizer()
        .authorize(new Attributes(UserInfo.of(user), request))
        .toStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }
}
