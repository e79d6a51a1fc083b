package dev.sallyport.authn.x509;

import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.PeerCertificates;

/** What a bundle says about a client's certificates, and in which span of time it stays true. */
public sealed interface Judgement extends PeerCertificates.Verdict {

  /** The bundle that was asked. */
  TrustBundle bundle();

  /** The first millisecond since the epoch at which this is true. */
  long from();

  /** The last millisecond since the epoch at which this is true. */
  long until();

  /** Whether this may be used again. */
  default boolean holds(TrustBundle today, long now) {
    return bundle() == today && now >= from() && now <= until();
  }

  /**
   * A path leads to an anchor.
   *
   * @param commonName the subject's last CN, "" without one
   * @param result what the certificate makes of a request by itself
   */
  record Trusted(
      TrustBundle bundle, long from, long until, String commonName, AuthenticationResult result)
      implements Judgement {}

  /**
   * No path leads to an anchor.
   *
   * @param reason why, for the log
   */
  record Untrusted(TrustBundle bundle, long from, long until, String reason) implements Judgement {}
}
