package dev.sallyport.authn.token.serviceaccount;

import dev.sallyport.authn.token.jwt.TokenFault;

/** Whether a token is in force, with a minute's grace for clocks that differ. */
final class TokenTimes {
  static final long LEEWAY_MILLIS = 60_000;

  private TokenTimes() {}

  static void check(TokenClaims claims, long now) throws TokenFault {
    if (claims.notBefore() != null && now + LEEWAY_MILLIS < claims.notBefore()) {
      throw new TokenFault("service account token is not valid yet");
    }
    if (claims.expiry() != null && now - LEEWAY_MILLIS > claims.expiry()) {
      throw new TokenFault("service account token has expired");
    }
    if (claims.issuedAt() != null && now + LEEWAY_MILLIS < claims.issuedAt()) {
      throw new TokenFault("service account token is issued in the future");
    }
  }
}
