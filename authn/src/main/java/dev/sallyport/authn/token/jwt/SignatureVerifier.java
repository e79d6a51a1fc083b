package dev.sallyport.authn.token.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Checks a token's signature with keys that we hold and no others: header members that name keys
 * (jwk, jku, x5c, x5u) are never read, and only signatures of public keys count. Immutable; a check
 * takes up to a millisecond, so it is not for an event loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725</a>
 */
public final class SignatureVerifier {

  /** Every algorithm that a public key can verify; the others are not for tokens from outside. */
  public static final Set<String> KNOWN =
      Set.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512");

  private final Set<String> algorithms;
  private final AlgorithmConstraints constraints;

  /**
   * @param algorithms the accepted algorithms, out of {@link #KNOWN}
   * @throws IllegalArgumentException for any other algorithm
   */
  public SignatureVerifier(Collection<String> algorithms) {
    this.algorithms = Set.copyOf(algorithms);
    if (!KNOWN.containsAll(this.algorithms)) {
      throw new IllegalArgumentException("not signed by a public key's owner: " + algorithms);
    }
    this.constraints =
        new AlgorithmConstraints(ConstraintType.PERMIT, this.algorithms.toArray(String[]::new));
  }

  /**
   * @param keys the keys to try for a key id; the id is "" when the token names none
   * @throws TokenFault when no key verifies the token
   */
  public void verify(CompactToken token, Function<String, List<PublicKey>> keys) throws TokenFault {
    // Extensions that must be understood: none is, and one of them (RFC 7797) makes the signed
    // bytes others than those whose claims are read.
    if (token.header().has("crit")) {
      throw new TokenFault("token names extensions that must be understood");
    }
    JsonNode keyId = token.header().get("kid");
    boolean odd = keyId != null && !keyId.isTextual();
    if (odd || !algorithms.contains(CompactToken.text(token.header(), "alg"))) {
      throw new TokenFault("token is not signed in a way that is accepted");
    }
    List<PublicKey> candidates = keys.apply(CompactToken.text(token.header(), "kid"));
    if (candidates.isEmpty()) {
      throw new TokenFault("invalid signature, no keys found");
    }
    for (PublicKey key : candidates) {
      if (verifies(token, key)) {
        return;
      }
    }
    throw new TokenFault("token has an invalid signature");
  }

  private boolean verifies(CompactToken token, PublicKey key) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(constraints);
    signature.setKey(key);
    try {
      signature.setCompactSerialization(token.serialized());
      return signature.verifySignature();
    } catch (JoseException e) {
      return false; // a key of another kind, or a signature of another form
    }
  }
}
