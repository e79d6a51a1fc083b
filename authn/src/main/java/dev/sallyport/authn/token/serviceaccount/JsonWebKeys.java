package dev.sallyport.authn.token.serviceaccount;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Publishes the keys by which others may verify our tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517</a>
 */
public final class JsonWebKeys {
  private JsonWebKeys() {}

  /** A key set as JSON text; keys that sign no tokens are left out. */
  public static String json(VerificationKeys keys) {
    ObjectNode set = JsonNodeFactory.instance.objectNode();
    ArrayNode list = set.putArray("keys");
    for (PublicKey key : keys.all()) {
      if (key instanceof RSAPublicKey rsa) {
        describe(list.addObject(), "RSA", key)
            .put("n", number(rsa.getModulus(), 0))
            .put("e", number(rsa.getPublicExponent(), 0));
      } else if (key instanceof ECPublicKey ec) {
        int bits = ec.getParams().getOrder().bitLength();
        int size = (bits + 7) / 8;
        describe(list.addObject(), "EC", key)
            .put("crv", "P-" + bits)
            .put("x", number(ec.getW().getAffineX(), size))
            .put("y", number(ec.getW().getAffineY(), size));
      }
    }
    return set.toString();
  }

  /** The algorithms that the keys are used with, each once. */
  public static List<String> algorithms(VerificationKeys keys) {
    Set<String> names = new LinkedHashSet<>();
    for (PublicKey key : keys.all()) {
      if (key instanceof RSAPublicKey || key instanceof ECPublicKey) {
        names.add(SigningAlgorithm.of(key));
      }
    }
    return List.copyOf(names);
  }

  private static ObjectNode describe(ObjectNode node, String type, PublicKey key) {
    return node.put("use", "sig")
        .put("kty", type)
        .put("kid", KeyIds.of(key))
        .put("alg", SigningAlgorithm.of(key));
  }

  /** The number's octets, big end first, without a sign and at least {@code size} of them. */
  private static String number(BigInteger value, int size) {
    byte[] signed = value.toByteArray();
    int skip = signed.length > 1 && signed[0] == 0 ? 1 : 0;
    int length = signed.length - skip;
    byte[] octets = new byte[Math.max(size, length)];
    System.arraycopy(signed, skip, octets, octets.length - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
