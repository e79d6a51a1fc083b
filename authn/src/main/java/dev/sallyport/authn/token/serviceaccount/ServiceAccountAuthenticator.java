package dev.sallyport.authn.token.serviceaccount;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.token.cache.DigestCache;
import dev.sallyport.authn.token.cache.TokenDigest;
import dev.sallyport.authn.token.jwt.CompactToken;
import dev.sallyport.authn.token.jwt.SignatureVerifier;
import dev.sallyport.authn.token.jwt.TokenFault;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Tokens that this API issued to its service accounts. A token of another issuer is none of ours.
 *
 * <p>The signature of an unseen token is checked on {@code executor}; a verified one is remembered
 * by its digest. Times, audiences and the objects a token is bound to are looked at every time.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/">Managing
 *     service accounts</a>
 */
public final class ServiceAccountAuthenticator implements TokenAuthenticator {
  private static final int REMEMBERED = 10_000;

  /** A token whose signature these keys have verified. */
  private record Verified(VerificationKeys keys, TokenClaims claims, UserInfo user) {}

  /** Made with the first token, not at start: it brings jose4j along. */
  private static final class Signatures {
    static final SignatureVerifier VERIFIER =
        new SignatureVerifier(List.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512"));
  }

  private final List<String> issuers;
  private final Audiences apiAudiences;
  private final Supplier<VerificationKeys> keys;
  private final BindingCheck binding;
  private final Clock clock;
  private final Executor executor;
  private final DigestCache<Verified> seen = new DigestCache<>(REMEMBERED);

  /**
   * @param issuers the issuers whose tokens are ours
   * @param apiAudiences whom a token without an audience is meant for
   * @param keys today's keys
   */
  public ServiceAccountAuthenticator(
      List<String> issuers,
      Audiences apiAudiences,
      Supplier<VerificationKeys> keys,
      ServiceAccountLookup lookup,
      Clock clock,
      Executor executor) {
    this.issuers = List.copyOf(issuers);
    this.apiAudiences = apiAudiences;
    this.keys = keys;
    this.binding = new BindingCheck(lookup);
    this.clock = clock;
    this.executor = executor;
  }

  @Override
  public Answer<AuthenticationResult> authenticate(String token, Audiences audiences) {
    TokenDigest digest = TokenDigest.of(token);
    VerificationKeys today = keys.get();
    Verified known = seen.find(digest);
    if (known != null && known.keys() == today) {
      return Answer.now(judge(known, audiences));
    }
    CompactToken parsed = CompactToken.parse(token);
    if (parsed == null || !issuers.contains(CompactToken.text(parsed.payload(), "iss"))) {
      return Answer.now(Abstained.INSTANCE);
    }
    return Answer.later(
        CompletableFuture.supplyAsync(() -> verify(parsed, digest, today, audiences), executor));
  }

  private AuthenticationResult verify(
      CompactToken token, TokenDigest digest, VerificationKeys today, Audiences audiences) {
    try {
      Signatures.VERIFIER.verify(token, today::candidates);
      TokenClaims claims = ClaimsReader.read(token.payload());
      Verified verified = new Verified(today, claims, ServiceAccountUser.of(claims));
      seen.remember(digest, verified);
      return judge(verified, audiences);
    } catch (TokenFault fault) {
      return new Rejected(fault.reason());
    }
  }

  private AuthenticationResult judge(Verified token, Audiences requested) {
    TokenClaims claims = token.claims();
    List<String> meantFor =
        claims.audiences().isEmpty() ? apiAudiences.names() : claims.audiences();
    Audiences wanted = requested.names().isEmpty() ? apiAudiences : requested;
    Audiences common = new Audiences(meantFor).intersect(wanted.names());
    if (common.names().isEmpty() && !apiAudiences.names().isEmpty()) {
      return new Rejected(
          "token audiences "
              + quoted(meantFor)
              + " is invalid for the target audiences "
              + quoted(wanted.names()));
    }
    long now = clock.millis();
    try {
      TokenTimes.check(claims, now);
      binding.check(claims, now);
    } catch (TokenFault fault) {
      return new Rejected(fault.reason());
    }
    return new Authenticated(token.user(), common);
  }

  private static String quoted(List<String> names) {
    StringBuilder text = new StringBuilder("[");
    for (String name : names) {
      text.append(text.length() == 1 ? "\"" : " \"").append(name).append('"');
    }
    return text.append(']').toString();
  }
}
