package dev.sallyport.authn.union;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Refusal;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.TestRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UnionTest {
  private static final AuthenticationResult ANN =
      new Authenticated(UserInfo.of("ann", "dev"), Audiences.ANY);
  private static final AuthenticationResult NO = new Rejected("no");

  @Test
  void theFirstSuccessDecidesInSpiteOfRejections() {
    assertEquals(ANN, ask(now(NO), now(ANN), now(new Rejected("never asked"))));
    assertEquals(ANN, ask(later(NO), later(ANN)));
  }

  @Test
  void aRejectionWithoutSuccessIsARejection() {
    assertEquals(
        new Rejected(List.of(new Refusal("way-1", "no", true))),
        ask(now(Abstained.INSTANCE), now(NO), now(Abstained.INSTANCE)));
    assertEquals(
        new Rejected(List.of(new Refusal("way-1", "no", true))),
        ask(later(Abstained.INSTANCE), now(NO)));
  }

  @Test
  void tellsEveryReasonOnce() {
    AuthenticationResult result =
        ask(now(NO), later(new Rejected("never")), now(Rejected.quietly("hush")), later(NO));
    assertEquals("[no, never]", ((Rejected) result).reason());
  }

  @Test
  void knowsWhoRefused() {
    AuthenticationResult inner = ask(now(Rejected.quietly("late")));
    AuthenticationResult result = ask(now(NO), now(inner));
    assertEquals(
        List.of("way-0: no", "way-0: late"),
        ((Rejected) result).refusals().stream().map(Refusal::toString).toList());
    assertEquals("no", ((Rejected) result).reason());
  }

  @Test
  void abstainsWhenAllDo() {
    assertEquals(Abstained.INSTANCE, ask(now(Abstained.INSTANCE), later(Abstained.INSTANCE)));
    assertEquals(Abstained.INSTANCE, ask());
  }

  @Test
  void addsTheGroupOfTheAuthenticatedAtTheEnd() {
    assertEquals(List.of("dev", "system:authenticated"), groups(UserInfo.of("ann", "dev")));
    assertEquals(
        List.of("system:authenticated", "dev"),
        groups(UserInfo.of("ann", "system:authenticated", "dev")));
  }

  @Test
  void case129AnonymousIsNotPutIntoTheAuthenticated() {
    assertEquals(List.of("dev"), groups(UserInfo.of("system:anonymous", "dev")));
    assertEquals(
        List.of("system:unauthenticated"), groups(UserInfo.of("x", "system:unauthenticated")));
  }

  private static List<String> groups(UserInfo user) {
    Authenticator with = AuthenticatedGroup.around(now(new Authenticated(user, Audiences.ANY)));
    return Results.user(with.authenticate(new TestRequest())).groups();
  }

  private static AuthenticationResult ask(Authenticator... ways) {
    List<Way<Authenticator>> named = new ArrayList<>();
    for (Authenticator way : ways) {
      named.add(new Way<>("way-" + named.size(), way));
    }
    return Results.of(new UnionAuthenticator(named).authenticate(new TestRequest()));
  }

  private static Authenticator now(AuthenticationResult result) {
    return request -> Answer.now(result);
  }

  private static Authenticator later(AuthenticationResult result) {
    return request -> Answer.later(CompletableFuture.completedFuture(result));
  }
}
