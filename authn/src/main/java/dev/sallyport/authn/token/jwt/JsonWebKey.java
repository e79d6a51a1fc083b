package dev.sallyport.authn.token.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads a public key from JSON: RSA from 2048 bits, EC on P-256, P-384 and P-521. Members that lead
 * elsewhere (x5u, x5c) are never read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-6">RFC 7518, 6</a>
 */
final class JsonWebKey {
  private static final int WEAKEST_RSA = 2048;
  private static final int LARGEST_RSA = 16_384;

  private JsonWebKey() {}

  /** Null for a key that cannot verify tokens here. */
  static @Nullable PublicKey publicKey(JsonNode key) {
    String use = StrictJson.text(key, "use");
    if (!use.isEmpty() && !use.equals("sig")) {
      return null;
    }
    try {
      return switch (StrictJson.text(key, "kty")) {
        case "RSA" -> rsa(number(key, "n"), number(key, "e"));
        case "EC" -> ec(StrictJson.text(key, "crv"), number(key, "x"), number(key, "y"));
        default -> null;
      };
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable PublicKey rsa(BigInteger modulus, BigInteger exponent)
      throws GeneralSecurityException {
    int bits = modulus.bitLength();
    if (bits < WEAKEST_RSA || bits > LARGEST_RSA || exponent.bitLength() < 2) {
      return null;
    }
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
  }

  private static @Nullable PublicKey ec(String curve, BigInteger x, BigInteger y)
      throws GeneralSecurityException {
    String name =
        switch (curve) {
          case "P-256" -> "secp256r1";
          case "P-384" -> "secp384r1";
          case "P-521" -> "secp521r1";
          default -> "";
        };
    if (name.isEmpty()) {
      return null;
    }
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(name));
    ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
    if (!onCurve(spec, x, y)) {
      return null;
    }
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), spec));
  }

  /** y² = x³ + ax + b, which the JDK does not check when it makes the key. */
  private static boolean onCurve(ECParameterSpec spec, BigInteger x, BigInteger y) {
    BigInteger p = ((ECFieldFp) spec.getCurve().getField()).getP();
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
      return false;
    }
    BigInteger right =
        x.multiply(x).add(spec.getCurve().getA()).multiply(x).add(spec.getCurve().getB()).mod(p);
    return y.multiply(y).mod(p).equals(right);
  }

  private static BigInteger number(JsonNode key, String member) {
    byte[] octets = Base64.getUrlDecoder().decode(StrictJson.text(key, member));
    return new BigInteger(1, octets);
  }
}
