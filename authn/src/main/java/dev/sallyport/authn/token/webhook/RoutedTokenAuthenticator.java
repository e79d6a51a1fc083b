package dev.sallyport.authn.token.webhook;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.token.jwt.TokenFault;
import dev.sallyport.authn.token.oidc.SystemNames;

/**
 * Asks a webhook about its tokens and no others, and takes no user from it who has a name that is
 * this server's own to give.
 */
public final class RoutedTokenAuthenticator implements TokenAuthenticator {
  private final TokenMatch match;
  private final SystemNames names;
  private final TokenAuthenticator webhook;

  /**
   * @param names names of the prefix {@code system:} that the webhook may give
   */
  public RoutedTokenAuthenticator(TokenMatch match, SystemNames names, TokenAuthenticator webhook) {
    this.match = match;
    this.names = names;
    this.webhook = webhook;
  }

  @Override
  public Answer<AuthenticationResult> authenticate(String token, Audiences audiences) {
    return match.covers(token)
        ? webhook.authenticate(token, audiences).map(this::checked)
        : Answer.now(Abstained.INSTANCE);
  }

  private AuthenticationResult checked(AuthenticationResult result) {
    if (result instanceof Authenticated good) {
      try {
        names.check(good.user());
      } catch (TokenFault fault) {
        return new Rejected(fault.reason());
      }
    }
    return result;
  }
}
