package dev.sallyport.authn.token.file;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.TokenAuthenticator;
import java.util.function.Supplier;

/** Static tokens. They know no audience, so they are good for the API's own and no other. */
public final class TokenFileAuthenticator implements TokenAuthenticator {
  private final Supplier<TokenFile> file;
  private final Audiences apiAudiences;

  /**
   * @param file today's tokens
   * @param apiAudiences whom a static token is meant for
   */
  public TokenFileAuthenticator(Supplier<TokenFile> file, Audiences apiAudiences) {
    this.file = file;
    this.apiAudiences = apiAudiences;
  }

  @Override
  public Answer<AuthenticationResult> authenticate(String token, Audiences audiences) {
    Audiences meant = apiAudiences.agreedWith(audiences);
    if (meant == null) {
      return Answer.now(Abstained.INSTANCE);
    }
    UserInfo user = file.get().find(token);
    return Answer.now(user == null ? Abstained.INSTANCE : new Authenticated(user, meant));
  }
}
