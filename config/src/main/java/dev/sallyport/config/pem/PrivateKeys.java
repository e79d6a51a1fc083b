package dev.sallyport.config.pem;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key from a PEM file: PKCS#1 (RSA), SEC1 (EC) or PKCS#8 (RSA, EC on P-256, P-384
 * and P-521, Ed25519). Encrypted keys are refused.
 */
public final class PrivateKeys {
  static final String EXPECTED =
      "(expected: a PEM private key, PKCS#1, SEC1 or PKCS#8, of RSA, EC or Ed25519)";

  private PrivateKeys() {}

  /**
   * The first private key of a file; other blocks are skipped.
   *
   * @throws InvalidFileException when there is none, or it is broken or encrypted
   */
  public static PrivateKey read(Path file) throws InvalidFileException {
    return parse(FileContent.read(file));
  }

  /** As {@link #read}, from bytes that are there. */
  public static PrivateKey parse(FileContent content) throws InvalidFileException {
    for (PemBlock block : PemBlock.readAll(content)) {
      if (block.encrypted() || block.label().startsWith("ENCRYPTED")) {
        throw new InvalidFileException(
            content.file(), "holds an encrypted private key (expected: one without a password)");
      }
      PrivateKey key = decode(content, block);
      if (key != null) {
        return key;
      }
    }
    throw new InvalidFileException(content.file(), "holds no private key " + EXPECTED);
  }

  private static @Nullable PrivateKey decode(FileContent content, PemBlock block)
      throws InvalidFileException {
    try {
      return KeyDecoder.privateKey(block);
    } catch (InvalidKeySpecException e) {
      throw new InvalidFileException(content.file(), "holds a broken private key " + EXPECTED, e);
    }
  }
}
