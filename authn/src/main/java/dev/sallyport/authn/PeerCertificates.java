package dev.sallyport.authn;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection's client certificates, leaf first, accepted unjudged at the handshake. One object
 * lives as long as its connection, so authenticators keep their last verdict with it.
 *
 * <p>Verdicts are written and read from any thread; losing one only costs time.
 */
public final class PeerCertificates {

  /** No client certificate. */
  public static final PeerCertificates NONE = new PeerCertificates(List.of());

  private final List<X509Certificate> chain;
  private volatile @Nullable Verdict clientVerdict;
  private volatile @Nullable Verdict proxyVerdict;

  public PeerCertificates(List<X509Certificate> chain) {
    this.chain = List.copyOf(chain);
  }

  public List<X509Certificate> chain() {
    return chain;
  }

  public boolean isEmpty() {
    return chain.isEmpty();
  }

  /** What an authenticator remembers; it says itself until when and for which trust bundle. */
  public interface Verdict {}

  public @Nullable Verdict clientVerdict() {
    return clientVerdict;
  }

  public void rememberClient(Verdict verdict) {
    clientVerdict = verdict;
  }

  public @Nullable Verdict proxyVerdict() {
    return proxyVerdict;
  }

  public void rememberProxy(Verdict verdict) {
    proxyVerdict = verdict;
  }
}
