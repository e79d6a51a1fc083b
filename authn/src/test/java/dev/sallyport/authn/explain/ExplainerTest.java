package dev.sallyport.authn.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.authn.TestRequest;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.explain.Finding.Said;
import dev.sallyport.authn.union.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final AuthenticationResult ANN =
      new Authenticated(UserInfo.of("ann"), Audiences.ANY);

  private final List<String> shown = new ArrayList<>();
  private AuthenticationResult certificate = Abstained.INSTANCE;

  private final TokenAuthenticator first =
      (token, audiences) -> answer("first", token, token.equals("one") ? ANN : Abstained.INSTANCE);
  private final TokenAuthenticator second =
      (token, audiences) ->
          answer(
              "second",
              token,
              token.equals("two") ? ANN : Rejected.quietly("the issuer is another"));

  @Test
  void tellsWhatEachSaidOfABadToken() {
    Explanation explanation = explain(bearer("three"));
    assertInstanceOf(Abstained.class, explanation.verdict());
    assertEquals(
        List.of(
            new Finding("x509", Said.ABSTAINED, List.of()),
            new Finding("token-file", Said.ABSTAINED, List.of()),
            new Finding("service-account", Said.REFUSED, List.of("the issuer is another")),
            new Finding("websocket", Said.ABSTAINED, List.of())),
        explanation.findings());
  }

  @Test
  void showsAKnownTokenToNobodyElse() {
    List<Finding> findings = explain(bearer("one")).findings();
    assertEquals(
        List.of(
            new Finding("x509", Said.ABSTAINED, List.of()),
            new Finding("token-file", Said.ACCEPTED, List.of()),
            new Finding("service-account", Said.NOT_ASKED, List.of())),
        findings);
    assertEquals(List.of("first one"), shown);
  }

  @Test
  void tellsWhyNoTokenWasSeen() {
    certificate = new Rejected("client certificate: it has expired");
    List<Finding> findings =
        explain(new TestRequest().with("Authorization", "Bearer  two")).findings();
    assertEquals(
        List.of(
            new Finding("x509", Said.REFUSED, List.of("client certificate: it has expired")),
            new Finding("bearer", Said.ABSTAINED, List.of()),
            new Finding("websocket", Said.ABSTAINED, List.of()),
            new Finding("token-file", Said.NOT_ASKED, List.of()),
            new Finding("service-account", Said.NOT_ASKED, List.of())),
        findings);
    assertEquals(List.of(), shown);
  }

  private Answer<AuthenticationResult> answer(
      String who, String token, AuthenticationResult result) {
    shown.add(who + " " + token);
    return Answer.later(CompletableFuture.completedFuture(result));
  }

  private static TestRequest bearer(String token) {
    return new TestRequest().with("Authorization", "Bearer " + token);
  }

  private Explanation explain(TestRequest request) {
    Authenticator x509 = asked -> Answer.now(certificate);
    return new Explainer(
            asked -> Answer.now(Abstained.INSTANCE),
            List.of(new Way<>("x509", x509)),
            List.of(new Way<>("token-file", first), new Way<>("service-account", second)))
        .explain(request)
        .toStage()
        .toCompletableFuture()
        .join();
  }
}
