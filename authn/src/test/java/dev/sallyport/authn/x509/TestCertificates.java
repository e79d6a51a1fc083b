package dev.sallyport.authn.x509;

import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.KeyPairs;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Makes the odd certificates that the tests need. */
public final class TestCertificates {
  public static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant TO = Instant.parse("2046-01-01T00:00:00Z");
  public static final long NOW = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();

  private static final Provider PROVIDER = new BouncyCastleProvider();

  private static int serial;

  /** A certificate and its key. */
  public record Made(X509Certificate certificate, KeyPair keys, X500Name name) {}

  /** What to put into a certificate; starts as a good client's. */
  public static final class Draft {
    private record Piece(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {}

    private final X500Name name;
    private final List<Piece> extensions = new ArrayList<>();
    private Instant from = FROM;
    private Instant to = TO;
    private KeyPair keys = KeyPairs.ecP256();
    private String algorithm = "SHA256withECDSA";
    private @Nullable Made issuer;

    private Draft(X500Name name) {
      this.name = name;
    }

    Draft valid(Instant notBefore, Instant notAfter) {
      from = notBefore;
      to = notAfter;
      return this;
    }

    Draft keys(KeyPair pair) {
      keys = pair;
      return this;
    }

    /** How the issuer signs it. */
    Draft signedWith(String name) {
      algorithm = name;
      return this;
    }

    public Draft by(Made authority) {
      issuer = authority;
      return this;
    }

    public Draft with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
      extensions.add(new Piece(oid, critical, value));
      return this;
    }

    Draft purposes(KeyPurposeId... purposes) {
      return with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    public Made make() throws Exception {
      X500Name issuerName = issuer == null ? name : issuer.name();
      KeyPair signer = issuer == null ? keys : issuer.keys();
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuerName,
              BigInteger.valueOf(++serial),
              Date.from(from),
              Date.from(to),
              name,
              keys.getPublic());
      for (Piece piece : extensions) {
        builder.addExtension(piece.oid(), piece.critical(), piece.value());
      }
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder(algorithm)
                          .setProvider(PROVIDER)
                          .build(signer.getPrivate())));
      return new Made(certificate, keys, name);
    }
  }

  private TestCertificates() {}

  public static Draft client(String name) {
    return client(new X500Name(name));
  }

  static Draft client(X500Name name) {
    return new Draft(name)
        .with(Extension.basicConstraints, true, new BasicConstraints(false))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
  }

  public static Draft authority(String name) {
    return bare(name)
        .with(Extension.basicConstraints, true, new BasicConstraints(true))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
  }

  /** A certificate without any extension. */
  static Draft bare(String name) {
    return new Draft(new X500Name(name));
  }

  static KeyPair rsa(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  public static TrustBundle bundle(Made... authorities) throws InvalidFileException {
    StringBuilder pem = new StringBuilder();
    for (Made authority : authorities) {
      pem.append(PemWriter.certificate(authority.certificate()));
    }
    byte[] bytes = pem.toString().getBytes(StandardCharsets.US_ASCII);
    return TrustBundle.parse(List.of(new FileContent(Path.of("ca.crt"), bytes)));
  }

  public static PeerCertificates peer(Made... chain) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Made made : chain) {
      certificates.add(made.certificate());
    }
    return new PeerCertificates(certificates);
  }
}
