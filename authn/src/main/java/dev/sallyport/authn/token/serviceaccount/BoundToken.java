package dev.sallyport.authn.token.serviceaccount;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import dev.sallyport.authn.token.jwt.TokenFault;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A token from a TokenRequest: it ends by itself, and with what it is bound to. */
final class BoundToken implements VerifiedToken {
  private static final Logger log = LoggerFactory.getLogger(BoundToken.class);
  private static final String STALE = "authentication.k8s.io/stale-token";

  private final VerificationKeys keys;
  private final TokenClaims claims;
  private final UserInfo user;
  private final Credential credential;
  private final BindingCheck binding;
  private volatile boolean toldStale;

  BoundToken(
      VerificationKeys keys, TokenClaims claims, UserInfo user, ServiceAccountLookup lookup) {
    this.keys = keys;
    this.claims = claims;
    this.user = user;
    this.credential = ServiceAccountUser.credential(claims);
    this.binding = new BindingCheck(lookup, claims);
  }

  @Override
  public VerificationKeys keys() {
    return keys;
  }

  @Override
  public List<String> audiences() {
    return claims.audiences();
  }

  @Override
  public UserInfo user() {
    return user;
  }

  @Override
  public Credential credential() {
    return credential;
  }

  @Override
  public Map<String, String> check(long now) throws TokenFault {
    TokenTimes.check(claims, now);
    binding.check(now);
    Long warnAfter = claims.warnAfter();
    return warnAfter == null || warnAfter == 0 || now <= warnAfter
        ? Map.of()
        : stale(now / 1000 - warnAfter / 1000);
  }

  /** Its bearer never reads its token file again: such a client fails when the long life ends. */
  private Map<String, String> stale(long seconds) {
    if (!toldStale) {
      toldStale = true;
      log.warn(
          "{} (token {}) uses a token that should have been renewed {} s ago",
          claims.subject(),
          claims.id(),
          seconds);
    }
    return Map.of(
        STALE, "subject: " + claims.subject() + ", seconds after warning threshold: " + seconds);
  }
}
