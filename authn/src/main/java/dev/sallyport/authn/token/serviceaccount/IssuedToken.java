package dev.sallyport.authn.token.serviceaccount;

import java.time.Instant;

/**
 * A new token.
 *
 * @param token the token in compact form: a secret
 * @param id its jti, by which audit and extra credential ids name it
 * @param expiration when it ends, to the second
 */
public record IssuedToken(String token, String id, Instant expiration) {

  /** Never prints the token. */
  @Override
  public String toString() {
    return "IssuedToken[" + id + "]";
  }
}
