package dev.sallyport.config.pem;

import dev.sallyport.config.der.Der;
import dev.sallyport.config.der.DerException;
import dev.sallyport.config.der.DerReader;
import dev.sallyport.config.der.Tag;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** Writes certificates and keys as PEM text. */
public final class PemWriter {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private PemWriter() {}

  public static String certificate(X509Certificate certificate) {
    try {
      return block(Certificates.LABEL, certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate that cannot be encoded", e);
    }
  }

  /** One block per certificate, in order. */
  public static String certificates(List<X509Certificate> chain) {
    StringBuilder text = new StringBuilder();
    chain.forEach(each -> text.append(certificate(each)));
    return text.toString();
  }

  /** PKCS#8, unencrypted. */
  public static String privateKey(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  /**
   * PKCS#8, unencrypted, with the public key inside (RFC 5915), as openssl writes it: who has only
   * this file can verify too. The JDK leaves it out.
   *
   * @param pair of EC
   */
  public static String ecPrivateKey(KeyPair pair) {
    try {
      DerReader pkcs8 = DerReader.of(pair.getPrivate().getEncoded()).enter(Tag.SEQUENCE);
      byte[] version = pkcs8.readWhole();
      byte[] algorithm = pkcs8.readWhole();
      DerReader sec1 = pkcs8.enter(Tag.OCTET_STRING).enter(Tag.SEQUENCE);
      byte[] secret =
          Der.sequence(sec1.readWhole(), sec1.readWhole(), publicPoint(pair.getPublic()));
      return block("PRIVATE KEY", Der.sequence(version, algorithm, Der.octets(secret)));
    } catch (DerException e) {
      throw new IllegalArgumentException("no EC key", e);
    }
  }

  /**
   * A client's key in the form that most clients read: an EC key as SEC1 (RFC 5915), since some
   * take every key in PKCS#8 for one of RSA; others as PKCS#8. Unencrypted.
   */
  public static String clientKey(CertifiedKey pair) {
    if (!pair.key().getAlgorithm().equals("EC")) {
      return privateKey(pair.key());
    }
    try {
      DerReader pkcs8 = DerReader.of(pair.key().getEncoded()).enter(Tag.SEQUENCE);
      pkcs8.skip();
      DerReader algorithm = pkcs8.enter(Tag.SEQUENCE);
      algorithm.skip();
      byte[] curve = Der.value(Tag.contextConstructed(0), algorithm.readWhole());
      DerReader sec1 = pkcs8.enter(Tag.OCTET_STRING).enter(Tag.SEQUENCE);
      byte[] point = publicPoint(pair.leaf().getPublicKey());
      return block(
          "EC PRIVATE KEY", Der.sequence(sec1.readWhole(), sec1.readWhole(), curve, point));
    } catch (DerException e) {
      throw new IllegalArgumentException("no EC key", e);
    }
  }

  private static byte[] publicPoint(PublicKey key) throws DerException {
    DerReader info = DerReader.of(key.getEncoded()).enter(Tag.SEQUENCE);
    info.skip();
    return Der.value(Tag.contextConstructed(1), info.readWhole());
  }

  public static String publicKey(PublicKey key) {
    return block("PUBLIC KEY", key.getEncoded());
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + LINES.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
