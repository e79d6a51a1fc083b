package dev.sallyport.authn;

import dev.sallyport.api.Answer;

/**
 * Judges a bearer token, from a request or from a TokenReview. Threads as {@link Authenticator}.
 */
public interface TokenAuthenticator {

  /**
   * @param token the token as it was sent, never empty
   * @param audiences whom the token must be meant for
   */
  Answer<AuthenticationResult> authenticate(String token, Audiences audiences);
}
