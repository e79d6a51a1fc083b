package dev.sallyport.config.pem;

import dev.sallyport.config.der.Der;
import dev.sallyport.config.der.DerException;
import dev.sallyport.config.der.DerReader;
import dev.sallyport.config.der.Tag;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;

/** Finds the public point that most EC private keys carry beside the secret number (RFC 5915). */
final class EmbeddedPublicKey {
  private EmbeddedPublicKey() {}

  static PublicKey of(PrivateKey key) throws InvalidKeySpecException {
    try {
      DerReader pkcs8 = DerReader.of(key.getEncoded()).enter(Tag.SEQUENCE);
      pkcs8.skip();
      byte[] algorithm = pkcs8.readWhole();
      DerReader sec1 = pkcs8.enter(Tag.OCTET_STRING).enter(Tag.SEQUENCE);
      sec1.skip();
      sec1.skip();
      sec1.skipIf(Tag.contextConstructed(0));
      byte[] point = sec1.enter(Tag.contextConstructed(1)).readWhole();
      return KeyDecoder.fromSpki(Der.sequence(algorithm, point));
    } catch (DerException e) {
      throw new InvalidKeySpecException("the private key does not carry its public key", e);
    }
  }
}
