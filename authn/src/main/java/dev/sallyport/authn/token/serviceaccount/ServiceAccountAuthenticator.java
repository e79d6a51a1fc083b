package dev.sallyport.authn.token.serviceaccount;

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
import dev.sallyport.authn.token.jwt.SignatureVerifier;
import dev.sallyport.authn.token.jwt.TokenFault;
import dev.sallyport.authn.token.serviceaccount.LegacyToken.Legacy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Tokens that this API issued to its service accounts. A token of another issuer is none of ours.
 *
 * <p>The signature of an unseen token is checked on {@code executor}; a verified one is remembered
 * by its digest. Times, audiences and the objects a token is bound to are looked at every time, so
 * that a token ends with them at once.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/">Managing
 *     service accounts</a>
 */
public final class ServiceAccountAuthenticator implements TokenAuthenticator {
  private static final int REMEMBERED = 10_000;

  /**
   * What is remembered of a token.
   *
   * @param forApi whether it is meant for this API
   * @param good the usual answer, made once
   */
  private record Verified(VerifiedToken token, boolean forApi, Authenticated good) {}

  /** Made with the first token, not at start: it brings jose4j along. */
  private static final class Signatures {
    static final SignatureVerifier VERIFIER =
        new SignatureVerifier(List.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512"));
  }

  private final List<String> issuers;
  private final Audiences apiAudiences;
  private final Supplier<VerificationKeys> keys;
  private final ServiceAccountLookup lookup;
  private final Legacy legacy;
  private final Clock clock;
  private final Executor executor;
  private final DigestCache<Verified> seen = new DigestCache<>(REMEMBERED);

  /**
   * @param issuers the issuers whose tokens are ours
   * @param apiAudiences whom a token without an audience is meant for
   * @param keys today's keys
   * @param use hears of tokens of secrets
   * @param legacyMustExist whether the secret and the account of such a token must still exist
   */
  public ServiceAccountAuthenticator(
      List<String> issuers,
      Audiences apiAudiences,
      Supplier<VerificationKeys> keys,
      ServiceAccountLookup lookup,
      LegacyTokenUse use,
      boolean legacyMustExist,
      Clock clock,
      Executor executor) {
    this.issuers = List.copyOf(issuers);
    this.apiAudiences = apiAudiences;
    this.keys = keys;
    this.lookup = lookup;
    this.legacy = new Legacy(lookup, use, legacyMustExist);
    this.clock = clock;
    this.executor = executor;
  }

  @Override
  public Answer<AuthenticationResult> authenticate(String token, Audiences audiences) {
    TokenDigest digest = TokenDigest.of(token);
    VerificationKeys today = keys.get();
    Verified known = seen.find(digest);
    if (known != null && known.token().keys() == today) {
      return Answer.now(judge(known, audiences));
    }
    CompactToken parsed = CompactToken.parse(token);
    if (parsed == null || !isOurs(CompactToken.text(parsed.payload(), "iss"))) {
      return Answer.now(Abstained.INSTANCE);
    }
    return Answer.later(
        CompletableFuture.supplyAsync(() -> verify(parsed, digest, today, audiences), executor));
  }

  private boolean isOurs(String issuer) {
    return issuer.equals(LegacyClaims.ISSUER) || issuers.contains(issuer);
  }

  private AuthenticationResult verify(
      CompactToken token, TokenDigest digest, VerificationKeys today, Audiences audiences) {
    try {
      Signatures.VERIFIER.verify(token, today::candidates);
      Verified verified = verified(read(token, digest, today));
      seen.remember(digest, verified);
      return judge(verified, audiences);
    } catch (TokenFault fault) {
      return new Rejected(fault.reason());
    }
  }

  private VerifiedToken read(CompactToken token, TokenDigest digest, VerificationKeys today)
      throws TokenFault {
    if (CompactToken.text(token.payload(), "iss").equals(LegacyClaims.ISSUER)) {
      LegacyClaims claims = ClaimsReader.readLegacy(token.payload());
      claims.check();
      return new LegacyToken(today, claims, digest, ServiceAccountUser.of(claims), legacy);
    }
    TokenClaims claims = ClaimsReader.read(token.payload());
    return new BoundToken(today, claims, ServiceAccountUser.of(claims), lookup);
  }

  private Verified verified(VerifiedToken token) {
    Audiences common = meantFor(token).intersect(apiAudiences.names());
    return new Verified(
        token,
        !common.names().isEmpty() || apiAudiences.names().isEmpty(),
        new Authenticated(token.user(), common, token.credential()));
  }

  private Audiences meantFor(VerifiedToken token) {
    return token.audiences().isEmpty() ? apiAudiences : new Audiences(token.audiences());
  }

  private AuthenticationResult judge(Verified known, Audiences requested) {
    // Requests to this API, that is nearly all, make nothing new here.
    if (requested == apiAudiences && known.forApi()) {
      return standing(known.token(), known.good());
    }
    Audiences meantFor = meantFor(known.token());
    Audiences wanted = requested.names().isEmpty() ? apiAudiences : requested;
    Audiences common = meantFor.intersect(wanted.names());
    if (common.names().isEmpty() && !apiAudiences.names().isEmpty()) {
      return new Rejected(
          "token audiences "
              + quoted(meantFor.names())
              + " is invalid for the target audiences "
              + quoted(wanted.names()));
    }
    VerifiedToken token = known.token();
    return standing(token, new Authenticated(token.user(), common, token.credential()));
  }

  private AuthenticationResult standing(VerifiedToken token, Authenticated good) {
    try {
      Map<String, String> annotations = token.check(clock.millis());
      return annotations.isEmpty()
          ? good
          : new Authenticated(good.user(), good.audiences(), good.credential(), annotations);
    } catch (TokenFault fault) {
      return new Rejected(fault.reason());
    }
  }

  private static String quoted(List<String> names) {
    StringBuilder text = new StringBuilder("[");
    for (String name : names) {
      text.append(text.length() == 1 ? "\"" : " \"").append(name).append('"');
    }
    return text.append(']').toString();
  }
}
