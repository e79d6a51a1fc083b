package dev.sallyport.authn.x509;

import dev.sallyport.config.der.DerException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One search for a path from a leaf to an anchor, by the rules of Go's verifier rather than Java's:
 * a leaf that is itself an anchor is trusted, anchors expire, and extended key usages count on the
 * whole path. For one thread, once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-6">RFC 5280, 6</a>
 */
final class PathSearch {

  /** Stops somebody who sends many intermediates of one name from keeping us busy. */
  private static final int SIGNATURE_LIMIT = 100;

  private enum Place {
    LEAF,
    INTERMEDIATE,
    ANCHOR
  }

  private final TrustBundle bundle;
  private final List<PathCertificate> intermediates;
  private final long now;
  private int signatures;
  private String fault = "signed by an unknown authority";

  PathSearch(TrustBundle bundle, List<PathCertificate> intermediates, long now) {
    this.bundle = bundle;
    this.intermediates = intermediates;
    this.now = now;
  }

  /** The path, leaf first, or null; then {@link #fault()} says why. */
  @Nullable List<PathCertificate> from(PathCertificate leaf) throws DerException {
    if (!valid(leaf, Place.LEAF, List.of())) {
      return null;
    }
    List<PathCertificate> path = new ArrayList<>(List.of(leaf));
    for (PathCertificate anchor : bundle.anchors()) {
      if (anchor.sameAs(leaf)) {
        return complete(path);
      }
    }
    return extend(path);
  }

  String fault() {
    return fault;
  }

  private @Nullable List<PathCertificate> extend(List<PathCertificate> path) throws DerException {
    List<PathCertificate> whole = extend(path, bundle.anchors(), Place.ANCHOR);
    return whole != null ? whole : extend(path, intermediates, Place.INTERMEDIATE);
  }

  private @Nullable List<PathCertificate> extend(
      List<PathCertificate> path, List<PathCertificate> issuers, Place place) throws DerException {
    PathCertificate last = path.get(path.size() - 1);
    for (PathCertificate issuer : issuers) {
      if (!last.namesAsIssuer(issuer) || contains(path, issuer) || !signed(issuer, last)) {
        continue;
      }
      if (valid(issuer, place, path)) {
        path.add(issuer);
        List<PathCertificate> whole = place == Place.ANCHOR ? complete(path) : extend(path);
        if (whole != null) {
          return whole;
        }
        path.remove(path.size() - 1);
      }
    }
    return null;
  }

  private @Nullable List<PathCertificate> complete(List<PathCertificate> path) {
    for (PathCertificate certificate : path) {
      if (!certificate.clientPurpose()) {
        return refuse("not for client authentication");
      }
    }
    return path;
  }

  private boolean signed(PathCertificate issuer, PathCertificate subject) {
    if (!issuer.mayIssue()) {
      return fail("its issuer may not sign certificates");
    }
    if (++signatures > SIGNATURE_LIMIT) {
      return fail("too many signatures to check");
    }
    return CertificateSignature.by(issuer, subject)
        || fail("its signature is wrong or of a weak algorithm");
  }

  private boolean valid(PathCertificate certificate, Place place, List<PathCertificate> path)
      throws DerException {
    if (!certificate.understood()) {
      return fail("an unknown critical extension");
    }
    if (now < certificate.certificate().getNotBefore().getTime()
        || now > certificate.certificate().getNotAfter().getTime()) {
      return fail("expired or not yet valid");
    }
    if (!certificate.strongKey()) {
      return fail("an RSA key below 1024 bits");
    }
    if (place == Place.LEAF) {
      return true;
    }
    if (place == Place.INTERMEDIATE && !certificate.markedAuthority()) {
      return fail("an intermediate that is no authority");
    }
    if (path.size() - 1 > certificate.pathLimit()) {
      return fail("too many intermediates");
    }
    return allowsNames(certificate.constraints(), path)
        || fail("a name outside the issuer's constraints");
  }

  private static boolean allowsNames(NameConstraints constraints, List<PathCertificate> path)
      throws DerException {
    if (constraints.isEmpty()) {
      return true;
    }
    for (PathCertificate certificate : path) {
      byte[] names = certificate.alternativeNames();
      if (names != null && !constraints.allow(names)) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(List<PathCertificate> path, PathCertificate issuer) {
    for (PathCertificate certificate : path) {
      if (certificate.sameAuthorityAs(issuer)) {
        return true;
      }
    }
    return false;
  }

  private boolean fail(String why) {
    fault = why;
    return false;
  }

  private @Nullable List<PathCertificate> refuse(String why) {
    fault = why;
    return null;
  }
}
