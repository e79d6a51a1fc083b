package dev.sallyport.authn.x509;

import dev.sallyport.config.der.DerException;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The authorities that may issue client certificates, and what each one's certificates say about
 * their holders. Immutable; a changed file makes a new one, and verdicts given by the old one are
 * void.
 */
public final class TrustBundle {

  /** The bit of a key usage that allows signing revocation lists: RFC 5280, section 4.2.1.3. */
  private static final int CRL_SIGN = 6;

  /** Nobody is trusted. */
  public static final TrustBundle EMPTY = new TrustBundle(List.of());

  private record Anchor(PathCertificate certificate, CertificateMapping mapping) {}

  private final List<Anchor> anchors;

  private TrustBundle(List<Anchor> anchors) {
    this.anchors = List.copyOf(anchors);
  }

  /** Both; an authority in either is judged as this one has it. */
  public TrustBundle and(TrustBundle other) {
    List<Anchor> both = new ArrayList<>(anchors);
    both.addAll(other.anchors);
    return new TrustBundle(both);
  }

  /**
   * The bundle that files hold, for use with a file watcher.
   *
   * @throws InvalidFileException when there is no certificate or a broken one
   */
  public static TrustBundle parse(List<FileContent> files) throws InvalidFileException {
    return parse(files, CertificateUser::of);
  }

  /** As {@link #parse(List)}, with another mapping than CN for the user and O for groups. */
  public static TrustBundle parse(List<FileContent> files, CertificateMapping mapping)
      throws InvalidFileException {
    List<Anchor> anchors = new ArrayList<>();
    for (FileContent file : files) {
      for (X509Certificate certificate : Certificates.parse(file)) {
        anchors.add(new Anchor(anchor(file, certificate), mapping));
      }
    }
    return new TrustBundle(anchors);
  }

  private static PathCertificate anchor(FileContent file, X509Certificate certificate)
      throws InvalidFileException {
    try {
      return PathCertificate.of(certificate);
    } catch (DerException e) {
      throw new InvalidFileException(file.file(), "holds a broken certificate", e);
    }
  }

  /** Whether one of the authorities has signed this revocation list, and may. */
  public boolean signed(X509CRL list) {
    return anchors.stream()
        .map(anchor -> anchor.certificate().certificate())
        .filter(issuer -> mayRevoke(issuer, list))
        .anyMatch(issuer -> verifies(list, issuer));
  }

  private static boolean mayRevoke(X509Certificate issuer, X509CRL list) {
    boolean[] usage = issuer.getKeyUsage();
    return issuer.getSubjectX500Principal().equals(list.getIssuerX500Principal())
        && (usage == null || usage[CRL_SIGN]);
  }

  private static boolean verifies(X509CRL list, X509Certificate issuer) {
    try {
      list.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  List<PathCertificate> anchors() {
    return anchors.stream().map(Anchor::certificate).toList();
  }

  /** What the certificates below an anchor of this bundle say. */
  CertificateMapping mapping(PathCertificate anchor) {
    for (Anchor each : anchors) {
      if (each.certificate().sameAs(anchor)) {
        return each.mapping();
      }
    }
    throw new IllegalArgumentException("no anchor of this bundle");
  }
}
