package dev.sallyport.authn.bearer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.TestRequest;
import dev.sallyport.authn.TokenAuthenticator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerAuthenticatorTest {
  private final BearerAuthenticator authenticator = new BearerAuthenticator(new OnlyGood());

  /** Knows the token "good" and no other. */
  record OnlyGood() implements TokenAuthenticator {
    @Override
    public Answer<AuthenticationResult> authenticate(String token, Audiences audiences) {
      return Answer.now(
          token.equals("good")
              ? new Authenticated(UserInfo.of("ann"), audiences)
              : Abstained.INSTANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer good",
        "bearer good",
        "BEARER good",
        "Bearer good ",
        "  Bearer good",
        "Bearer good afterthought"
      })
  void acceptsTheTokenBehindTheScheme(String header) {
    assertEquals("ann", Results.user(authenticate(header)).name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer bad", "Bearer bad good", "bearer Good"})
  void rejectsATokenNobodyKnows(String header) {
    assertEquals("invalid bearer token", Results.reason(authenticate(header)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer  good",
        "Bearergood",
        "Basic good",
        "Negotiate good",
        "good",
        "Bearer\tgood"
      })
  void takesAnotherSchemeOrNoTokenAsNoCredential(String header) {
    Results.assertAbstained(authenticate(header));
  }

  @Test
  void judgesTheFirstOfSeveralHeaders() {
    TestRequest request =
        new TestRequest().with("Authorization", "Bearer bad").with("Authorization", "Bearer good");
    assertEquals("invalid bearer token", Results.reason(authenticator.authenticate(request)));
  }

  private Answer<AuthenticationResult> authenticate(String header) {
    return authenticator.authenticate(new TestRequest().with("Authorization", header));
  }
}
