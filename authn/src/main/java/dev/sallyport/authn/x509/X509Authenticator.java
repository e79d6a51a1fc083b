package dev.sallyport.authn.x509;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.authn.PeerCertificates;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A client certificate vouches for the user in its CN and the groups in its O.
 *
 * <p>Judged at every request, so that neither a kept connection nor a resumed session outlives a
 * changed bundle or the certificate's own end. The verdict stays with the connection; only the
 * first costs signature checks, which run on {@code executor}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates">X.509
 *     client certificates</a>
 */
public final class X509Authenticator implements Authenticator {
  private final PeerJudge judge;

  public X509Authenticator(Supplier<TrustBundle> bundle, Clock clock, Executor executor) {
    this.judge =
        new PeerJudge(
            bundle,
            clock,
            executor,
            PeerCertificates::clientVerdict,
            PeerCertificates::rememberClient);
  }

  @Override
  public Answer<AuthenticationResult> authenticate(AuthenticationRequest request) {
    PeerCertificates peer = request.peer();
    if (peer.isEmpty()) {
      return Answer.now(Abstained.INSTANCE);
    }
    return judge.judge(peer).map(X509Authenticator::result);
  }

  private static AuthenticationResult result(Judgement judgement) {
    return judgement instanceof Judgement.Trusted trusted
        ? trusted.result()
        : new Rejected("client certificate: " + ((Judgement.Untrusted) judgement).reason());
  }
}
