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
 * The authorities that may issue client certificates. Immutable; a changed file makes a new one,
 * and verdicts given by the old one are void.
 */
public final class TrustBundle {
  /** The bit of a key usage that allows signing revocation lists: RFC 5280, section 4.2.1.3. */
  private static final int CRL_SIGN = 6;

  private final List<PathCertificate> anchors;

  private TrustBundle(List<PathCertificate> anchors) {
    this.anchors = List.copyOf(anchors);
  }

  /**
   * The bundle that files hold, for use with a file watcher.
   *
   * @throws InvalidFileException when there is no certificate or a broken one
   */
  public static TrustBundle parse(List<FileContent> files) throws InvalidFileException {
    List<PathCertificate> anchors = new ArrayList<>();
    for (FileContent file : files) {
      for (X509Certificate certificate : Certificates.parse(file)) {
        anchors.add(anchor(file, certificate));
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
        .map(PathCertificate::certificate)
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
    return anchors;
  }
}
