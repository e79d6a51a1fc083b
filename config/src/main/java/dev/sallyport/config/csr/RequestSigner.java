package dev.sallyport.config.csr;

import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.SignatureAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests with end-entity certificates: of the request, its subject, alternative names and
 * key; of the caller, usages and lifetime. Any thread; costs a signature.
 */
public final class RequestSigner {

  /** Clocks differ: a certificate is in force a little before it is made. */
  private static final Duration BACKDATE = Duration.ofMinutes(5);

  /** The end is set back too, unless that would shorten the life by more than a hundredth. */
  private static final Duration SHORT = Duration.ofHours(8);

  private static final int SERIAL_BITS = 127;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Clock clock;

  public RequestSigner(Clock clock) {
    this.clock = clock;
  }

  /**
   * Issues a certificate, which never outlives the authority's own.
   *
   * @param lifetime from now on
   * @return PEM text
   * @throws CertificateRequestException when the authority has expired or cannot sign
   */
  public String sign(
      CertificateAuthority authority,
      CertificateRequest request,
      Set<Usage> usages,
      Duration lifetime)
      throws CertificateRequestException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant last = authority.certificate().getNotAfter().toInstant();
    if (!now.isBefore(last)) {
      throw new CertificateRequestException("the signing certificate expired at " + last);
    }
    Instant end = now.plus(lifetime);
    if (lifetime.compareTo(SHORT) >= 0) {
      end = end.minus(BACKDATE);
    }
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              X500Name.getInstance(authority.certificate().getSubjectX500Principal().getEncoded()),
              new BigInteger(SERIAL_BITS, RANDOM).setBit(0),
              Date.from(now.minus(BACKDATE)),
              Date.from(end.isBefore(last) ? end : last),
              request.subject().name(),
              request.request().getSubjectPublicKeyInfo());
      extend(builder, authority.certificate(), request, usages);
      ContentSigner signer =
          new JcaContentSignerBuilder(SignatureAlgorithm.of(authority.key()).name())
              .build(authority.key());
      return CertificateText.write(builder.build(signer).getEncoded());
    } catch (IOException | OperatorCreationException e) {
      throw new CertificateRequestException("the certificate could not be made", e);
    }
  }

  private static void extend(
      X509v3CertificateBuilder builder,
      X509Certificate authority,
      CertificateRequest request,
      Set<Usage> usages)
      throws IOException {
    addUsages(builder, new TreeSet<>(usages));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    byte @Nullable [] keyId = authority.getExtensionValue(Extension.subjectKeyIdentifier.getId());
    if (keyId != null) {
      byte[] value =
          ASN1OctetString.getInstance(ASN1OctetString.getInstance(keyId).getOctets()).getOctets();
      builder.addExtension(
          Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(value));
    }
    GeneralNames names = request.names().all();
    if (names != null) {
      builder.addExtension(Extension.subjectAlternativeName, false, names);
    }
  }

  private static void addUsages(X509v3CertificateBuilder builder, Set<Usage> usages)
      throws IOException {
    int bits = 0;
    Set<String> purposes = new LinkedHashSet<>();
    for (Usage usage : usages) {
      if (usage.isKeyUsage()) {
        bits |= keyUsage(usage.bit());
      } else {
        purposes.add(usage.purpose());
      }
    }
    if (bits != 0) {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(bits));
    }
    if (!purposes.isEmpty()) {
      KeyPurposeId[] ids =
          purposes.stream()
              .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
              .toArray(KeyPurposeId[]::new);
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(ids));
    }
  }

  /** The library counts the bits of each octet from its high end, the ninth one in the second. */
  private static int keyUsage(int bit) {
    return bit < 8 ? 0x80 >> bit : 0x8000;
  }
}
