package dev.sallyport.authn.token.jwt;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies a token of no use, so that the first real one does not wait a second for the signature
 * library to load. For a background thread.
 */
public final class WarmUp implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  @Override
  public void run() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      JsonWebSignature token = new JsonWebSignature();
      token.setAlgorithmHeaderValue("ES256");
      token.setPayload("{}");
      token.setKey(pair.getPrivate());
      CompactToken parsed = CompactToken.parse(token.getCompactSerialization());
      if (parsed != null) {
        List<PublicKey> keys = List.of(pair.getPublic());
        new SignatureVerifier(List.of("ES256")).verify(parsed, id -> keys);
      }
    } catch (GeneralSecurityException | JoseException | TokenFault e) {
      LOG.debug("The first token will take longer", e);
    }
  }
}
