package dev.sallyport.authn.x509;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.authn.PeerCertificates;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
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
  private final Supplier<TrustBundle> bundle;
  private final Clock clock;
  private final Executor executor;

  public X509Authenticator(Supplier<TrustBundle> bundle, Clock clock, Executor executor) {
    this.bundle = bundle;
    this.clock = clock;
    this.executor = executor;
  }

  @Override
  public Answer<AuthenticationResult> authenticate(AuthenticationRequest request) {
    PeerCertificates peer = request.peer();
    if (peer.isEmpty()) {
      return Answer.now(Abstained.INSTANCE);
    }
    TrustBundle today = bundle.get();
    long now = clock.millis();
    if (peer.clientVerdict() instanceof Judgement known && known.holds(today, now)) {
      return Answer.now(result(known));
    }
    return Answer.later(
        CompletableFuture.supplyAsync(
            () -> {
              Judgement fresh = CertificateJudge.judge(today, peer, now);
              peer.rememberClient(fresh);
              return result(fresh);
            },
            executor));
  }

  private static AuthenticationResult result(Judgement judgement) {
    return judgement instanceof Judgement.Trusted trusted
        ? trusted.result()
        : new Rejected("client certificate: " + ((Judgement.Untrusted) judgement).reason());
  }
}
