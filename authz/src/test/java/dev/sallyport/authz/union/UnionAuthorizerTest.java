package dev.sallyport.authz.union;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.Decision;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnionAuthorizerTest {

  private static final Attributes QUESTION =
      new Attributes(UserInfo.of("x"), RequestInfo.ofPath("get", "/x"));

  private static Authorizer now(AuthorizationResult result) {
    return attributes -> Answer.now(result);
  }

  private static Authorizer later(AuthorizationResult result) {
    return attributes -> Answer.later(CompletableFuture.supplyAsync(() -> result, Runnable::run));
  }

  private static Authorizer never() {
    return attributes -> {
      throw new AssertionError("asked after a decision");
    };
  }

  private static @Nullable AuthorizationResult judge(Authorizer... authorizers) {
    AtomicReference<@Nullable AuthorizationResult> seen = new AtomicReference<>();
    new UnionAuthorizer(List.of(authorizers))
        .authorize(QUESTION)
        .whenDone((result, failure) -> seen.set(result));
    return seen.get();
  }

  private static AuthorizationResult unsure(String reason, @Nullable String error) {
    return new AuthorizationResult(Decision.NO_OPINION, reason, error);
  }

  @Test
  void theFirstDecisionEndsTheAsking() {
    AuthorizationResult deny = AuthorizationResult.deny("no");
    assertEquals(deny, judge(now(unsure("", "late hook")), now(deny), never()));
    AuthorizationResult allow = AuthorizationResult.allow("yes");
    assertEquals(allow, judge(later(unsure("", null)), later(allow), never()));
  }

  @Test
  void reasonsAndErrorsOfTheUnsureAreKept() {
    assertEquals(
        unsure("a\nb", "[e, f]"),
        judge(now(unsure("a", "e")), later(unsure("", null)), now(unsure("b", "f"))));
  }

  @Test
  void nobodyAskedIsNoOpinion() {
    assertEquals(AuthorizationResult.NO_OPINION, judge());
  }
}
