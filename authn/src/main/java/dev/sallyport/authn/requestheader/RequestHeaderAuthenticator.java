package dev.sallyport.authn.requestheader;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.authn.Credential;
import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.authn.x509.Judgement;
import dev.sallyport.authn.x509.PeerJudge;
import dev.sallyport.authn.x509.TrustBundle;
import dev.sallyport.config.RequestHeaderConfig;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A front proxy that shows its own client certificate vouches for the user it names in headers.
 * From anybody else the headers mean nothing.
 *
 * <p>A certificate that is not a front proxy's is a rejection here, which the certificate's own
 * authenticator may overrule; without it the request is 401 and never anonymous.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#authenticating-proxy">authenticating
 *     proxy</a>
 */
public final class RequestHeaderAuthenticator implements Authenticator {
  private final RequestHeaderConfig config;
  private final RequestHeaderUser user;
  private final PeerJudge judge;

  /**
   * @param bundle the front proxies' authorities
   * @param executor where a connection's first judgement runs
   */
  public RequestHeaderAuthenticator(
      RequestHeaderConfig config, Supplier<TrustBundle> bundle, Clock clock, Executor executor) {
    this.config = config;
    this.user = new RequestHeaderUser(config);
    this.judge =
        new PeerJudge(
            bundle,
            clock,
            executor,
            PeerCertificates::proxyVerdict,
            PeerCertificates::rememberProxy);
  }

  @Override
  public Answer<AuthenticationResult> authenticate(AuthenticationRequest request) {
    PeerCertificates peer = request.peer();
    if (peer.isEmpty()) {
      return Answer.now(Abstained.INSTANCE);
    }
    return judge.judge(peer).map(judgement -> result(judgement, request));
  }

  private AuthenticationResult result(Judgement judgement, AuthenticationRequest request) {
    if (judgement instanceof Judgement.Untrusted untrusted) {
      return new Rejected("front proxy's certificate: " + untrusted.reason());
    }
    Judgement.Trusted proxy = (Judgement.Trusted) judgement;
    String name = proxy.commonName();
    if (!config.allowedNames().isEmpty() && !config.allowedNames().contains(name)) {
      return new Rejected("a front proxy whose common name is not allowed");
    }
    return user.of(request.headers(), request.audiences(), credential(proxy));
  }

  /** What the proxy vouches for lives as long as the proxy's own certificate. */
  private static Credential credential(Judgement.Trusted proxy) {
    return proxy.result() instanceof Authenticated itself ? itself.credential() : Credential.NONE;
  }
}
