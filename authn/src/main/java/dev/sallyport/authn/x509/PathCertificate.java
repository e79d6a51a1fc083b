package dev.sallyport.authn.x509;

import dev.sallyport.config.der.DerException;
import dev.sallyport.config.der.DerReader;
import dev.sallyport.config.der.Tag;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A certificate with what a path needs of it, read once. Immutable. */
final class PathCertificate {
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  /** The extensions that are understood here; another critical one spoils the certificate. */
  private static final Set<String> UNDERSTOOD =
      Set.of(
          KEY_USAGE,
          EXTENDED_KEY_USAGE,
          ALTERNATIVE_NAMES,
          NAME_CONSTRAINTS,
          "2.5.29.14", // subject key identifier
          "2.5.29.19", // basic constraints
          "2.5.29.31", // where revocation lists lie
          "2.5.29.32", // policies
          "2.5.29.35"); // authority key identifier

  private static final byte[] CLIENT_AUTH = {0x2b, 6, 1, 5, 5, 7, 3, 2};
  private static final byte[] ANY_PURPOSE = {0x55, 0x1d, 0x25, 0};

  private final X509Certificate certificate;
  private final byte[] encoded;
  private final byte[] issuer;
  private final byte[] subject;
  private final boolean clientPurpose;
  private final NameConstraints constraints;
  private final byte @Nullable [] alternativeNames;

  private PathCertificate(X509Certificate certificate)
      throws DerException, CertificateEncodingException {
    this.certificate = certificate;
    this.encoded = certificate.getEncoded();
    DerReader body = DerReader.of(certificate.getTBSCertificate()).enter(Tag.SEQUENCE);
    body.skipIf(Tag.contextConstructed(0));
    body.skip(); // serial number
    body.skip(); // signature algorithm
    this.issuer = body.readWhole();
    body.skip(); // validity
    this.subject = body.readWhole();
    this.clientPurpose = servesClients(extension(EXTENDED_KEY_USAGE));
    this.constraints = NameConstraints.parse(extension(NAME_CONSTRAINTS));
    this.alternativeNames = extension(ALTERNATIVE_NAMES);
  }

  /**
   * @throws DerException when the certificate is not what it should be
   */
  static PathCertificate of(X509Certificate certificate) throws DerException {
    try {
      return new PathCertificate(certificate);
    } catch (CertificateEncodingException e) {
      throw new DerException("a certificate that cannot be encoded");
    }
  }

  X509Certificate certificate() {
    return certificate;
  }

  byte[] encoded() {
    return encoded.clone();
  }

  byte[] subject() {
    return subject.clone();
  }

  NameConstraints constraints() {
    return constraints;
  }

  byte @Nullable [] alternativeNames() {
    return alternativeNames == null ? null : alternativeNames.clone();
  }

  boolean sameAs(PathCertificate other) {
    return Arrays.equals(encoded, other.encoded);
  }

  boolean namesAsIssuer(PathCertificate other) {
    return Arrays.equals(issuer, other.subject);
  }

  /** Same subject and key: the same authority in another certificate, which closes a loop. */
  boolean sameAuthorityAs(PathCertificate other) {
    return Arrays.equals(subject, other.subject)
        && certificate.getPublicKey().equals(other.certificate.getPublicKey());
  }

  /** Whether its extended key usage, if any, allows client authentication. */
  boolean clientPurpose() {
    return clientPurpose;
  }

  boolean understood() {
    Set<String> critical = certificate.getCriticalExtensionOIDs();
    return critical == null || (UNDERSTOOD.containsAll(critical) && constraints.understood());
  }

  /** CA:TRUE and, where a key usage is given, the right to sign certificates. */
  boolean mayIssue() {
    boolean authority =
        certificate.getBasicConstraints() >= 0
            || (certificate.getVersion() < 3 && certificate.getExtensionValue("2.5.29.19") == null);
    boolean[] usage = certificate.getKeyUsage();
    boolean signs = usage == null ? certificate.getExtensionValue(KEY_USAGE) == null : usage[5];
    return authority && signs;
  }

  boolean markedAuthority() {
    return certificate.getBasicConstraints() >= 0;
  }

  /** How many intermediates may follow it on the way to the leaf. */
  int pathLimit() {
    int limit = certificate.getBasicConstraints();
    return limit < 0 ? Integer.MAX_VALUE : limit;
  }

  boolean strongKey() {
    return !(certificate.getPublicKey() instanceof RSAKey rsa)
        || rsa.getModulus().bitLength() >= 1024;
  }

  private byte @Nullable [] extension(String oid) throws DerException {
    byte[] wrapped = certificate.getExtensionValue(oid);
    return wrapped == null ? null : DerReader.of(wrapped).read(Tag.OCTET_STRING);
  }

  private static boolean servesClients(byte @Nullable [] purposes) throws DerException {
    if (purposes == null) {
      return true;
    }
    DerReader list = DerReader.of(purposes).enter(Tag.SEQUENCE);
    Set<Boolean> found = new HashSet<>();
    while (list.hasMore()) {
      byte[] purpose = list.read(Tag.OID);
      found.add(Arrays.equals(purpose, CLIENT_AUTH) || Arrays.equals(purpose, ANY_PURPOSE));
    }
    return found.isEmpty() || found.contains(true);
  }
}
