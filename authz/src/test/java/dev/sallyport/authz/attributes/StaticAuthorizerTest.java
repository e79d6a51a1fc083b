package dev.sallyport.authz.attributes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import dev.sallyport.config.routes.StaticRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StaticAuthorizerTest {

  private static final RequestInfo METRICS = RequestInfo.ofPath("get", "/metrics");
  private static final RequestInfo NAMESPACE =
      RequestInfo.ofResource("get", "", "v1", "a", "namespaces", "metrics", "");

  @Test
  void aRuleThatSaysOnlyThePathAllowsEverybodyEveryVerb() {
    StaticRule rule = path("", List.of(), "", "/metrics");
    assertEquals(Decision.ALLOW, decide(rule, "ann", METRICS));
    assertEquals(Decision.ALLOW, decide(rule, "ann", RequestInfo.ofPath("update", "/metrics")));
    assertEquals(Decision.NO_OPINION, decide(rule, "ann", RequestInfo.ofPath("get", "/api")));
    assertEquals(Decision.NO_OPINION, decide(rule, "ann", NAMESPACE));
  }

  @Test
  void verbUserAndGroupsRestrict() {
    assertEquals(
        Decision.NO_OPINION, decide(path("", List.of(), "create", "/metrics"), "ann", METRICS));
    assertEquals(
        Decision.NO_OPINION, decide(path("bob", List.of(), "", "/metrics"), "ann", METRICS));
    assertEquals(
        Decision.ALLOW, decide(path("", List.of("x", "dev"), "", "/metrics"), "ann", METRICS));
    assertEquals(
        Decision.NO_OPINION, decide(path("", List.of("ops"), "", "/metrics"), "ann", METRICS));
  }

  @Test
  void aRuleAboutResourcesNeverAllowsAPath() {
    StaticRule rule =
        new StaticRule("", List.of(), "get", true, "", "", "namespaces", "metrics", "", "");
    assertEquals(Decision.ALLOW, decide(rule, "ann", NAMESPACE));
    assertEquals(Decision.NO_OPINION, decide(rule, "ann", METRICS));
    StaticRule other =
        new StaticRule("", List.of(), "get", true, "b", "", "namespaces", "metrics", "", "");
    assertEquals(Decision.NO_OPINION, decide(other, "ann", NAMESPACE));
  }

  private static StaticRule path(String user, List<String> groups, String verb, String path) {
    return new StaticRule(user, groups, verb, false, "", "", "", "", "", path);
  }

  private static Decision decide(StaticRule rule, String user, RequestInfo asked) {
    Answer<AuthorizationResult> answer =
        new StaticAuthorizer(List.of(rule))
            .authorize(new Attributes(new UserInfo(user, "", List.of("dev"), Map.of()), asked));
    return ((Answer.Now<AuthorizationResult>) answer).value().decision();
  }
}
