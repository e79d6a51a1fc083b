package dev.sallyport.authn.x509;

import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.config.der.DerException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Judges a client's certificates. Stateless; costs a signature check per certificate. */
public final class CertificateJudge {
  private CertificateJudge() {}

  /**
   * @param peer at least a leaf
   * @param now milliseconds since the epoch
   */
  public static Judgement judge(TrustBundle bundle, PeerCertificates peer, long now) {
    try {
      List<PathCertificate> sent = new ArrayList<>();
      for (X509Certificate certificate : peer.chain()) {
        sent.add(PathCertificate.of(certificate));
      }
      PathCertificate leaf = sent.get(0);
      PathSearch search = new PathSearch(bundle, sent.subList(1, sent.size()), now);
      List<PathCertificate> path = search.from(leaf);
      return path == null
          ? untrusted(bundle, sent, now, search.fault())
          : trusted(bundle, path, leaf);
    } catch (DerException e) {
      return new Judgement.Untrusted(bundle, now, Long.MAX_VALUE, String.valueOf(e.getMessage()));
    }
  }

  private static Judgement trusted(
      TrustBundle bundle, List<PathCertificate> path, PathCertificate leaf) throws DerException {
    long from = Long.MIN_VALUE;
    long until = Long.MAX_VALUE;
    for (PathCertificate certificate : path) {
      from = Math.max(from, certificate.certificate().getNotBefore().getTime());
      until = Math.min(until, certificate.certificate().getNotAfter().getTime());
    }
    ClientCertificate client = ClientCertificate.of(leaf, path.subList(1, path.size()), until);
    AuthenticationResult result = bundle.mapping(path.get(path.size() - 1)).of(client);
    return new Judgement.Trusted(bundle, from, until, client.commonName(), result);
  }

  /** With the same bundle, only a certificate's coming into force can make a refusal untrue. */
  private static Judgement untrusted(
      TrustBundle bundle, List<PathCertificate> sent, long now, String reason) {
    long until = nextBeginning(sent, now, nextBeginning(bundle.anchors(), now, Long.MAX_VALUE));
    return new Judgement.Untrusted(bundle, now, until, reason);
  }

  private static long nextBeginning(List<PathCertificate> certificates, long now, long until) {
    long earliest = until;
    for (PathCertificate certificate : certificates) {
      long beginning = certificate.certificate().getNotBefore().getTime();
      if (beginning > now) {
        earliest = Math.min(earliest, beginning - 1);
      }
    }
    return earliest;
  }
}
