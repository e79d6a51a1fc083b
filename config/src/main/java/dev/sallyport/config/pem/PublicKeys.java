package dev.sallyport.config.pem;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what verifies signatures: public keys, certificates and private keys, several in one file.
 *
 * <p>A private EC or Ed25519 key gives its public key only when it carries it, as openssl writes it
 * for EC.
 */
public final class PublicKeys {
  private PublicKeys() {}

  /**
   * All keys of a file in order.
   *
   * @throws InvalidFileException when there is none, or one is broken
   */
  public static List<PublicKey> read(Path file) throws InvalidFileException {
    return parse(FileContent.read(file));
  }

  /** As {@link #read}, from bytes that are there. */
  public static List<PublicKey> parse(FileContent content) throws InvalidFileException {
    List<PublicKey> keys = new ArrayList<>();
    for (PemBlock block : PemBlock.readAll(content)) {
      PublicKey key = decode(content, block);
      if (key != null) {
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      throw new InvalidFileException(
          content.file(), "holds no key (expected: PEM public keys, certificates or private keys)");
    }
    return List.copyOf(keys);
  }

  private static @Nullable PublicKey decode(FileContent content, PemBlock block)
      throws InvalidFileException {
    try {
      if (block.label().equals(Certificates.LABEL)) {
        return Certificates.decode(block.der()).getPublicKey();
      }
      PublicKey key = KeyDecoder.publicKey(block);
      if (key != null) {
        return key;
      }
      PrivateKey secret = KeyDecoder.privateKey(block);
      return secret == null ? null : derive(secret);
    } catch (InvalidKeySpecException | CertificateException e) {
      throw new InvalidFileException(content.file(), "holds a broken key", e);
    }
  }

  /**
   * The public half of a private key.
   *
   * @throws InvalidKeySpecException when the key does not say it
   */
  public static PublicKey derive(PrivateKey key) throws InvalidKeySpecException {
    if (key instanceof RSAPrivateCrtKey rsa) {
      try {
        return KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
    return EmbeddedPublicKey.of(key);
  }
}
