package dev.sallyport.config.pem;

import dev.sallyport.config.der.Der;
import dev.sallyport.config.der.DerException;
import dev.sallyport.config.der.DerReader;
import dev.sallyport.config.der.Tag;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes a key block by its label, putting older forms into the one that the JDK reads. */
final class KeyDecoder {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
  private static final byte[] RSA = Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nothing());
  private static final byte[] EC_OID = Der.oid("1.2.840.10045.2.1");

  private KeyDecoder() {}

  /** The private key in the block, or null when its label is no private key's. */
  static @Nullable PrivateKey privateKey(PemBlock block) throws InvalidKeySpecException {
    return switch (block.label()) {
      case "PRIVATE KEY" -> fromPkcs8(block.der());
      case "RSA PRIVATE KEY" -> fromPkcs8(pkcs8(RSA, block.der()));
      case "EC PRIVATE KEY" -> fromPkcs8(pkcs8(ecAlgorithm(block.der()), block.der()));
      default -> null;
    };
  }

  /** The public key in the block, or null when its label is no public key's. */
  static @Nullable PublicKey publicKey(PemBlock block) throws InvalidKeySpecException {
    return switch (block.label()) {
      case "PUBLIC KEY" -> fromSpki(block.der());
      case "RSA PUBLIC KEY" -> fromSpki(Der.sequence(RSA, Der.bits(block.der())));
      default -> null;
    };
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return Der.sequence(Der.integer(0), algorithm, Der.octets(key));
  }

  /** SEC1 says its curve inside the key, PKCS#8 beside it. */
  private static byte[] ecAlgorithm(byte[] sec1) throws InvalidKeySpecException {
    try {
      DerReader key = DerReader.of(sec1).enter(Tag.SEQUENCE);
      key.skip();
      key.skip();
      return Der.sequence(EC_OID, key.enter(Tag.contextConstructed(0)).readWhole());
    } catch (DerException e) {
      throw new InvalidKeySpecException("EC key without a named curve", e);
    }
  }

  private static PrivateKey fromPkcs8(byte[] der) throws InvalidKeySpecException {
    return tryAll(new PKCS8EncodedKeySpec(der), KeyFactory::generatePrivate);
  }

  static PublicKey fromSpki(byte[] der) throws InvalidKeySpecException {
    return tryAll(new X509EncodedKeySpec(der), KeyFactory::generatePublic);
  }

  private interface Decoding<K> {
    K decode(KeyFactory factory, KeySpec spec) throws InvalidKeySpecException;
  }

  private static <K> K tryAll(KeySpec spec, Decoding<K> decoding) throws InvalidKeySpecException {
    InvalidKeySpecException last = null;
    for (String algorithm : ALGORITHMS) {
      try {
        return decoding.decode(KeyFactory.getInstance(algorithm), spec);
      } catch (InvalidKeySpecException e) {
        last = e; // the next algorithm may know it
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new InvalidKeySpecException("neither RSA nor EC nor Ed25519", last);
  }
}
