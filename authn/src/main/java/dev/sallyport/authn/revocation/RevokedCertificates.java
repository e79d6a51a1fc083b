package dev.sallyport.authn.revocation;

import dev.sallyport.authn.Credential;
import dev.sallyport.authn.x509.TrustBundle;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that authorities have called in by their revocation lists. Immutable. A list
 * whose next edition is overdue still counts: forgetting it would let in whom it names.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-5">RFC 5280, section 5</a>
 */
public final class RevokedCertificates {
  private static final Logger LOG = LoggerFactory.getLogger(RevokedCertificates.class);

  private final List<X509CRL> lists;

  private RevokedCertificates(List<X509CRL> lists) {
    this.lists = List.copyOf(lists);
  }

  /**
   * The lists that files hold, PEM or DER, for use with a file watcher.
   *
   * @param authorities who may have signed them
   * @throws InvalidFileException when there is no list, a broken one, or one that none of the
   *     authorities has signed
   */
  public static RevokedCertificates parse(List<FileContent> files, TrustBundle authorities)
      throws InvalidFileException {
    List<X509CRL> lists = new ArrayList<>();
    for (FileContent file : files) {
      Collection<X509CRL> found = read(file);
      for (X509CRL list : found) {
        check(file, list, authorities);
      }
      lists.addAll(found);
    }
    return new RevokedCertificates(lists);
  }

  /**
   * Whether files hold lists at all, whoever has signed them.
   *
   * @throws InvalidFileException when one holds none or a broken one
   */
  public static void check(List<FileContent> files) throws InvalidFileException {
    for (FileContent file : files) {
      read(file);
    }
  }

  /** Why this credential's certificate is not good any more, or null when it is. */
  @Nullable String refusal(Credential credential) {
    X509Certificate certificate = credential.certificate();
    if (certificate != null && contains(certificate)) {
      return "the certificate is on a revocation list";
    }
    for (X509Certificate issuer : credential.issuers()) {
      if (contains(issuer)) {
        return "an authority on the certificate's path is on a revocation list";
      }
    }
    return null;
  }

  /** Whether its issuer has called it in. */
  public boolean contains(X509Certificate certificate) {
    for (X509CRL list : lists) {
      if (list.getRevokedCertificate(certificate) != null) {
        return true;
      }
    }
    return false;
  }

  private static Collection<X509CRL> read(FileContent file) throws InvalidFileException {
    try {
      List<X509CRL> lists =
          CertificateFactory.getInstance("X.509")
              .generateCRLs(new ByteArrayInputStream(file.bytes()))
              .stream()
              .map(X509CRL.class::cast)
              .toList();
      if (lists.isEmpty()) {
        throw new InvalidFileException(file.file(), "holds no certificate revocation list");
      }
      return lists;
    } catch (CertificateException | CRLException e) {
      throw new InvalidFileException(file.file(), "is no certificate revocation list", e);
    }
  }

  private static void check(FileContent file, X509CRL list, TrustBundle authorities)
      throws InvalidFileException {
    String issuer = list.getIssuerX500Principal().getName();
    if (list.hasUnsupportedCriticalExtension()) {
      throw new InvalidFileException(
          file.file(), "holds a delta or indirect list, of " + issuer + ", which is not read here");
    }
    if (!authorities.signed(list)) {
      throw new InvalidFileException(
          file.file(), "holds a list that no client authority has signed, of " + issuer);
    }
    if (list.getNextUpdate() != null && list.getNextUpdate().toInstant().isBefore(Instant.now())) {
      LOG.warn(
          "The revocation list of {} in {} is overdue since {}; it still counts",
          issuer,
          file.file(),
          list.getNextUpdate().toInstant());
    }
  }
}
