package dev.sallyport.authn.token.serviceaccount;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.token.jwt.TokenFault;
import java.util.List;
import java.util.Map;

/** A token from a TokenRequest: it ends by itself, and with what it is bound to. */
record BoundToken(
    VerificationKeys keys, TokenClaims claims, UserInfo user, ServiceAccountLookup lookup)
    implements VerifiedToken {
  private static final String STALE = "authentication.k8s.io/stale-token";

  @Override
  public List<String> audiences() {
    return claims.audiences();
  }

  @Override
  public Map<String, String> check(long now) throws TokenFault {
    TokenTimes.check(claims, now);
    BindingCheck.check(lookup, claims, now);
    Long warnAfter = claims.warnAfter();
    return warnAfter == null || warnAfter == 0 || now <= warnAfter
        ? Map.of()
        : Map.of(
            STALE,
            "subject: "
                + claims.subject()
                + ", seconds after warning threshold: "
                + (now / 1000 - warnAfter / 1000));
  }
}
