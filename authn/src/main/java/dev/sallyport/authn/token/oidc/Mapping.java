package dev.sallyport.authn.token.oidc;

import dev.sallyport.authn.token.jwt.TokenFault;

/** Makes one part of a user of a token's claims. */
@FunctionalInterface
public interface Mapping<T> {

  /**
   * @throws TokenFault when the claims do not make it
   */
  T of(Claims claims) throws TokenFault;
}
