package dev.sallyport.authn.token.serviceaccount;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Checks a token's signature with our own keys and no others: header members that name keys (jwk,
 * jku, x5c, x5u) are never read, and only signatures of public keys count.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725</a>
 */
final class SignatureVerifier {
  private static final Set<String> ALGORITHMS =
      Set.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512");
  private static final AlgorithmConstraints CONSTRAINTS =
      new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new));

  private SignatureVerifier() {}

  static void verify(CompactToken token, VerificationKeys keys) throws TokenFault {
    JsonNode keyId = token.header().get("kid");
    boolean odd = keyId != null && !keyId.isTextual();
    if (odd || !ALGORITHMS.contains(CompactToken.text(token.header(), "alg"))) {
      throw new TokenFault("service account token is not signed in a way that is accepted");
    }
    List<PublicKey> candidates = keys.candidates(CompactToken.text(token.header(), "kid"));
    if (candidates.isEmpty()) {
      throw new TokenFault("invalid signature, no keys found");
    }
    for (PublicKey key : candidates) {
      if (verifies(token, key)) {
        return;
      }
    }
    throw new TokenFault("service account token has an invalid signature");
  }

  private static boolean verifies(CompactToken token, PublicKey key) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(CONSTRAINTS);
    signature.setKey(key);
    try {
      signature.setCompactSerialization(token.serialized());
      return signature.verifySignature();
    } catch (JoseException e) {
      return false; // a key of another kind, or a signature of another form
    }
  }
}
