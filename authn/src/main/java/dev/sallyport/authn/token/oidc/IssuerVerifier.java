package dev.sallyport.authn.token.oidc;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import dev.sallyport.authn.token.jwt.CompactToken;
import dev.sallyport.authn.token.jwt.KeySet;
import dev.sallyport.authn.token.jwt.SignatureVerifier;
import dev.sallyport.authn.token.jwt.TokenFault;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Judges the tokens of one issuer. For any thread. */
final class IssuerVerifier {

  /** What came of a token. */
  sealed interface Outcome permits Verified, Refused {}

  /** The token is good while its life lasts and its issuer has these keys. */
  record Verified(
      IssuerVerifier by, KeySet keys, TokenLife life, UserInfo user, Credential credential)
      implements Outcome {}

  record Refused(String reason) implements Outcome {}

  private final Issuer issuer;
  private final IssuerKeys keys;
  private final SystemNames names;
  private final SignatureVerifier signatures;
  private final Clock clock;
  private final Executor executor;

  IssuerVerifier(
      Issuer issuer, IssuerKeys keys, SystemNames names, Clock clock, Executor executor) {
    this.issuer = issuer;
    this.keys = keys;
    this.names = names;
    this.signatures = new SignatureVerifier(issuer.algorithms());
    this.clock = clock;
    this.executor = executor;
  }

  /** What tokens call the issuer. */
  String url() {
    return issuer.url();
  }

  /** Whether what was verified still holds. */
  boolean holds(Verified token) {
    return keys.are(token.keys());
  }

  /** Judges a token of this issuer that has not been seen before. */
  Answer<Outcome> verify(CompactToken token) {
    Claims claims = new Claims(token.payload());
    TokenLife life;
    try {
      // What needs no signature first: a token that is over costs nothing more.
      life = TokenLife.of(claims);
      life.check(clock.millis());
      checkAudience(claims);
    } catch (TokenFault fault) {
      return Answer.now(new Refused(fault.reason()));
    }
    return keys.current().then(known -> verify(token, life, known));
  }

  private Answer<Outcome> verify(CompactToken token, TokenLife life, Optional<KeySet> known) {
    if (known.isEmpty()) {
      return Answer.now(new Refused("the issuer's keys are not known yet"));
    }
    KeySet set = known.get();
    String keyId = CompactToken.text(token.header(), "kid");
    if (set.candidates(keyId).isEmpty()) {
      return keys.refreshed().then(fresh -> judged(token, life, fresh.orElse(set)));
    }
    Answer<Outcome> outcome = judged(token, life, set);
    return keyId.isEmpty() ? outcome.then(first -> again(token, life, set, first)) : outcome;
  }

  /** Without a key id nothing but a failure tells that the issuer signs with a new key. */
  private Answer<Outcome> again(CompactToken token, TokenLife life, KeySet set, Outcome first) {
    if (first instanceof Verified) {
      return Answer.now(first);
    }
    return keys.refreshed()
        .then(
            fresh ->
                fresh.isPresent() && fresh.get() != set
                    ? judged(token, life, fresh.get())
                    : Answer.now(first));
  }

  private Answer<Outcome> judged(CompactToken token, TokenLife life, KeySet set) {
    return Answer.later(CompletableFuture.supplyAsync(() -> judge(token, life, set), executor));
  }

  private Outcome judge(CompactToken token, TokenLife life, KeySet set) {
    try {
      signatures.verify(token, set::candidates);
      Claims claims = new Claims(token.payload());
      UserInfo user = issuer.mapping().user(claims);
      for (ClaimRule rule : issuer.claimRules()) {
        rule.check(claims);
      }
      names.check(user);
      for (UserRule rule : issuer.userRules()) {
        rule.check(user);
      }
      return new Verified(this, set, life, user, life.credential(claims));
    } catch (TokenFault fault) {
      return new Refused(fault.reason());
    }
  }

  private void checkAudience(Claims claims) throws TokenFault {
    List<String> audiences = claims.texts("aud");
    for (String audience : audiences) {
      if (issuer.audiences().contains(audience)) {
        return;
      }
    }
    throw new TokenFault("the token is meant for others");
  }
}
