package dev.sallyport.config.pki;

import dev.sallyport.config.der.Der;
import dev.sallyport.config.der.DerException;
import dev.sallyport.config.der.Tag;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.CertifiedKey;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Issues certificates. Safe for use by several threads.
 *
 * @param certificate the authority's own certificate
 * @param key its private key: RSA, EC or Ed25519
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280">RFC 5280</a>
 */
public record CertificateAuthority(X509Certificate certificate, PrivateKey key) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new self-signed authority with a fresh P-256 key. */
  public static CertificateAuthority create(
      String commonName, Instant notBefore, Instant notAfter) {
    KeyPair pair = KeyPairs.ecP256();
    byte[] name = name(commonName, List.of());
    try {
      byte[] extensions =
          Der.sequence(
              Extensions.keyUsage(true, false),
              Extensions.basicConstraints(true),
              Extensions.subjectKeyId(pair.getPublic()));
      byte[] validity = Der.sequence(Der.time(notBefore), Der.time(notAfter));
      X509Certificate certificate =
          sign(pair.getPrivate(), name, validity, name, pair.getPublic(), extensions);
      return new CertificateAuthority(certificate, pair.getPrivate());
    } catch (DerException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * An authority from its files.
   *
   * @throws InvalidFileException when a file is broken, or the key is not the certificate's
   */
  public static CertificateAuthority read(Path certificateFile, Path keyFile)
      throws InvalidFileException {
    CertifiedKey pair = CertifiedKey.read(certificateFile, keyFile);
    return new CertificateAuthority(pair.leaf(), pair.key());
  }

  /** A certificate and its fresh P-256 key. */
  public CertifiedKey issue(CertificateSpec spec) {
    KeyPair pair = KeyPairs.ecP256();
    return new CertifiedKey(List.of(certify(spec, pair.getPublic())), pair.getPrivate());
  }

  /** A certificate for a key that somebody else keeps. */
  public X509Certificate certify(CertificateSpec spec, PublicKey subjectKey) {
    List<byte[]> extensions = new ArrayList<>();
    extensions.add(Extensions.keyUsage(false, subjectKey.getAlgorithm().equals("RSA")));
    extensions.add(Extensions.purposes(spec.purposes()));
    extensions.add(Extensions.basicConstraints(false));
    try {
      extensions.add(Extensions.authorityKeyId(certificate.getPublicKey()));
    } catch (DerException e) {
      throw new IllegalStateException(e);
    }
    if (!spec.dnsNames().isEmpty() || !spec.addresses().isEmpty()) {
      extensions.add(Extensions.alternativeNames(spec.dnsNames(), spec.addresses()));
    }
    return sign(
        key,
        certificate.getSubjectX500Principal().getEncoded(),
        Der.sequence(Der.time(spec.notBefore()), Der.time(spec.notAfter())),
        name(spec.commonName(), spec.organizations()),
        subjectKey,
        Der.sequence(extensions.toArray(byte[][]::new)));
  }

  private static X509Certificate sign(
      PrivateKey signingKey,
      byte[] issuer,
      byte[] validity,
      byte[] subject,
      PublicKey subjectKey,
      byte[] extensions) {
    SignatureAlgorithm algorithm = SignatureAlgorithm.of(signingKey);
    byte[] body =
        Der.sequence(
            Der.value(Tag.contextConstructed(0), Der.integer(2)), // version 3
            Der.integer(new BigInteger(120, RANDOM).setBit(120)),
            algorithm.identifier(),
            issuer,
            validity,
            subject,
            subjectKey.getEncoded(),
            Der.value(Tag.contextConstructed(3), extensions));
    try {
      Signature signature = Signature.getInstance(algorithm.name());
      signature.initSign(signingKey);
      signature.update(body);
      return Certificates.decode(
          Der.sequence(body, algorithm.identifier(), Der.bits(signature.sign())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign a certificate", e);
    }
  }

  private static byte[] name(String commonName, List<String> organizations) {
    List<byte[]> parts = new ArrayList<>();
    for (String organization : organizations) {
      parts.add(attribute("2.5.4.10", organization));
    }
    if (!commonName.isEmpty()) {
      parts.add(attribute("2.5.4.3", commonName));
    }
    return Der.sequence(parts.toArray(byte[][]::new));
  }

  private static byte[] attribute(String oid, String value) {
    return Der.set(Der.sequence(Der.oid(oid), Der.utf8(value)));
  }

  /** Never prints the key. */
  @Override
  public String toString() {
    return "CertificateAuthority[" + certificate.getSubjectX500Principal() + "]";
  }
}
