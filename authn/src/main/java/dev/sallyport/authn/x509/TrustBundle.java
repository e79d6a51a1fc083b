package dev.sallyport.authn.x509;

import dev.sallyport.config.der.DerException;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The authorities that may issue client certificates. Immutable; a changed file makes a new one,
 * and verdicts given by the old one are void.
 */
public final class TrustBundle {
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

  List<PathCertificate> anchors() {
    return anchors;
  }
}
