package dev.sallyport.authz.factory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
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
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.webhook.factory.Connectors;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthorizerFactoryTest {

  private static final FileWatcher WATCHER = new FileWatcher();
  private static final UserInfo PLAIN = UserInfo.of("plain");
  private static final UserInfo MASTER = UserInfo.of("boss", "system:masters");

  private static Authorization create(AuthorizationMode... modes) {
    return AuthorizerFactory.create(
        new AuthorizationConfig(
            List.of(modes), Optional.empty(), Optional.empty(), Optional.empty()),
        new RbacIndex(),
        WATCHER,
        new Webhooks(Connectors.create(), Clock.systemUTC(), Runnable::run, WebhookObserver.NONE));
  }

  private static AuthorizationResult judge(Authorization authorization, UserInfo user) {
    RequestInfo request = RequestInfo.ofResource("get", "", "v1", "", "nodes", "", "n");
    Answer<AuthorizationResult> answer =
        authorization.authorizer().authorize(new Attributes(user, request));
    return ((Answer.Now<AuthorizationResult>) answer).value();
  }

  @Test
  void mastersPassEveryMode() {
    AuthorizationResult result = judge(create(AuthorizationMode.ALWAYS_DENY), MASTER);
    assertEquals(Decision.ALLOW, result.decision());
    assertEquals("", result.reason());
  }

  @Test
  void nodeAndEmptyRbacHaveNoOpinion() {
    AuthorizationResult result =
        judge(create(AuthorizationMode.NODE, AuthorizationMode.RBAC), PLAIN);
    assertEquals(AuthorizationResult.NO_OPINION, result);
  }

  @Test
  void alwaysDenySaysSo() {
    AuthorizationResult result =
        judge(create(AuthorizationMode.RBAC, AuthorizationMode.ALWAYS_DENY), PLAIN);
    assertEquals(Decision.NO_OPINION, result.decision());
    assertEquals("Everything is forbidden.", result.reason());
  }

  @Test
  void alwaysAllowAllowsAndListsEverything() {
    Authorization all = create(AuthorizationMode.RBAC, AuthorizationMode.ALWAYS_ALLOW);
    assertEquals(Decision.ALLOW, judge(all, PLAIN).decision());
    assertEquals(2, all.rules().rulesFor(PLAIN, "a").rules().size());
  }
}
