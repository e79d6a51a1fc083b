package dev.sallyport.authn.anonymous;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.TestRequest;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnonymousAuthenticatorTest {
  private static final AuthenticationResult NO = new Rejected("no");
  private static final AuthenticationResult ANN =
      new Authenticated(UserInfo.of("ann"), Audiences.ANY);
  private static final AnonymousAccess HEALTH = new AnonymousAccess(true, Set.of("/livez"));

  @Test
  void onlyWithoutAnyCredential() {
    assertEquals(
        UserInfo.of("system:anonymous", "system:unauthenticated"),
        Results.user(Answer.now(ask(Abstained.INSTANCE, AnonymousAccess.EVERYWHERE, "/api"))));
    assertEquals(NO, ask(NO, AnonymousAccess.EVERYWHERE, "/api"));
    assertEquals(ANN, ask(ANN, AnonymousAccess.EVERYWHERE, "/api"));
  }

  @Test
  void onlyWhereItMay() {
    assertEquals(
        UserInfo.of("system:anonymous", "system:unauthenticated"),
        Results.user(Answer.now(ask(Abstained.INSTANCE, HEALTH, "/livez"))));
    assertEquals(NO, ask(NO, HEALTH, "/livez"));
    assertEquals(Abstained.INSTANCE, ask(Abstained.INSTANCE, AnonymousAccess.NOWHERE, "/livez"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/livez/",
        "//livez",
        "/LIVEZ",
        "/livez%2f",
        "/%6civez",
        "/x/../livez",
        "/livez/ping",
        "/livez;a=b",
        "/",
        "",
        "/livezz"
      })
  void case81OnlyTheExactPathIsOpen(String path) {
    assertEquals(Abstained.INSTANCE, ask(Abstained.INSTANCE, HEALTH, path));
  }

  private static AuthenticationResult ask(
      AuthenticationResult others, AnonymousAccess access, String path) {
    return Results.of(
        new AnonymousAuthenticator(
                request -> Answer.later(CompletableFuture.completedFuture(others)), () -> access)
            .authenticate(new TestRequest().at(path)));
  }
}
