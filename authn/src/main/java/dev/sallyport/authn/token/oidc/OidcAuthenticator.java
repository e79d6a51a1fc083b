package dev.sallyport.authn.token.oidc;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.token.cache.DigestCache;
import dev.sallyport.authn.token.cache.TokenDigest;
import dev.sallyport.authn.token.jwt.CompactToken;
import dev.sallyport.authn.token.jwt.TokenFault;
import dev.sallyport.authn.token.oidc.IssuerVerifier.Outcome;
import dev.sallyport.authn.token.oidc.IssuerVerifier.Refused;
import dev.sallyport.authn.token.oidc.IssuerVerifier.Verified;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of issuers outside. A token of an issuer that is not configured is none of ours.
 *
 * <p>A good token is remembered by its digest until it ends, its issuer's keys change or the
 * configuration does; so is that a token is none of ours.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens">OpenID
 *     Connect tokens</a>
 */
public final class OidcAuthenticator implements TokenAuthenticator {
  private static final int REMEMBERED = 10_000;

  private final Issuers issuers;
  private final Audiences apiAudiences;
  private final Clock clock;
  private final DigestCache<Verified> good = new DigestCache<>(REMEMBERED);
  private final DigestCache<IssuerTable> foreign = new DigestCache<>(REMEMBERED);

  /**
   * @param apiAudiences whom these tokens are meant for, which know no audience of ours
   */
  public OidcAuthenticator(Issuers issuers, Audiences apiAudiences, Clock clock) {
    this.issuers = issuers;
    this.apiAudiences = apiAudiences;
    this.clock = clock;
  }

  @Override
  public Answer<AuthenticationResult> authenticate(String token, Audiences audiences) {
    IssuerTable table = issuers.table();
    Audiences meant = apiAudiences.agreedWith(audiences);
    if (table.isEmpty() || meant == null || token.indexOf('.') < 0) {
      return Answer.now(Abstained.INSTANCE);
    }
    TokenDigest digest = TokenDigest.of(token);
    Verified known = good.find(digest);
    if (known != null && table.has(known.by()) && known.by().holds(known)) {
      return Answer.now(result(known, meant));
    }
    if (foreign.find(digest) == table) {
      return Answer.now(Abstained.INSTANCE);
    }
    return judge(token, digest, table, meant);
  }

  private Answer<AuthenticationResult> judge(
      String token, TokenDigest digest, IssuerTable table, Audiences meant) {
    CompactToken parsed = CompactToken.parse(token);
    @Nullable IssuerVerifier issuer =
        parsed == null ? null : table.find(CompactToken.text(parsed.payload(), "iss"));
    if (parsed == null || issuer == null) {
      foreign.remember(digest, table);
      return Answer.now(Abstained.INSTANCE);
    }
    return issuer
        .verify(parsed)
        .map(
            outcome -> {
              if (outcome instanceof Verified verified) {
                good.remember(digest, verified);
              }
              return result(outcome, meant);
            });
  }

  private AuthenticationResult result(Outcome outcome, Audiences meant) {
    if (outcome instanceof Refused refused) {
      return rejected(refused.reason());
    }
    Verified verified = (Verified) outcome;
    try {
      verified.life().check(clock.millis());
      return new Authenticated(verified.user(), meant, verified.credential());
    } catch (TokenFault fault) {
      return rejected(fault.reason());
    }
  }

  private static Rejected rejected(String reason) {
    return new Rejected("oidc: " + reason);
  }
}
