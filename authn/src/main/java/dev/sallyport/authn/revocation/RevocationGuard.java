package dev.sallyport.authn.revocation;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.authn.TokenAuthenticator;
import org.jspecify.annotations.Nullable;

/** Turns back whom a way in vouched for by a credential that has been called in. */
public final class RevocationGuard {
  private final Revocations revocations;

  public RevocationGuard(Revocations revocations) {
    this.revocations = revocations;
  }

  /** The same way in, without those whose credential has been called in. */
  public Authenticator around(Authenticator inner) {
    return request -> judged(inner.authenticate(request));
  }

  /** The same kind of token, without those that have been called in. */
  public TokenAuthenticator around(TokenAuthenticator inner) {
    return (token, audiences) -> judged(inner.authenticate(token, audiences));
  }

  private Answer<AuthenticationResult> judged(Answer<AuthenticationResult> answer) {
    if (!(answer instanceof Answer.Now<AuthenticationResult> now)) {
      return answer.map(this::judge);
    }
    AuthenticationResult judged = judge(now.value());
    return judged == now.value() ? answer : Answer.now(judged);
  }

  private AuthenticationResult judge(AuthenticationResult result) {
    if (!(result instanceof Authenticated good)) {
      return result;
    }
    @Nullable String refusal = revocations.refusal(good.user(), good.credential());
    return refusal == null ? result : Rejected.quietly(refusal).by("revocation");
  }
}
