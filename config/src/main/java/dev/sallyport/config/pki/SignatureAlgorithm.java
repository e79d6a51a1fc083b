package dev.sallyport.config.pki;

import dev.sallyport.config.der.Der;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;

/**
 * How a key signs certificates.
 *
 * @param name the JDK's name
 * @param identifier the AlgorithmIdentifier in DER
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SignatureAlgorithm(String name, byte[] identifier) {

  /**
   * The best that every verifier knows, for a key of RSA, EC or Ed25519.
   *
   * @throws IllegalArgumentException for a key of another kind
   */
  public static SignatureAlgorithm of(PrivateKey key) {
    if (key instanceof ECKey ec) {
      return ecdsa(ec.getParams().getOrder().bitLength());
    }
    return switch (key.getAlgorithm()) {
      case "RSA" ->
          new SignatureAlgorithm(
              "SHA256withRSA", Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.nothing()));
      case "EdDSA", "Ed25519" ->
          new SignatureAlgorithm("Ed25519", Der.sequence(Der.oid("1.3.101.112")));
      default -> throw new IllegalArgumentException("cannot sign with " + key.getAlgorithm());
    };
  }

  /** The hash goes with the curve's size (RFC 5758). */
  private static SignatureAlgorithm ecdsa(int bits) {
    if (bits <= 256) {
      return new SignatureAlgorithm(
          "SHA256withECDSA", Der.sequence(Der.oid("1.2.840.10045.4.3.2")));
    }
    return bits <= 384
        ? new SignatureAlgorithm("SHA384withECDSA", Der.sequence(Der.oid("1.2.840.10045.4.3.3")))
        : new SignatureAlgorithm("SHA512withECDSA", Der.sequence(Der.oid("1.2.840.10045.4.3.4")));
  }
}
