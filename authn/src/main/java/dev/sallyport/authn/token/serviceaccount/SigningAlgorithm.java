package dev.sallyport.authn.token.serviceaccount;

import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;

/** The one algorithm a key of ours signs with (RFC 7518, 3.1). */
final class SigningAlgorithm {
  private SigningAlgorithm() {}

  /**
   * @throws IllegalArgumentException for keys other than RSA and EC on P-256, P-384 or P-521
   */
  static String of(Key key) {
    if (key instanceof RSAKey) {
      return "RS256";
    }
    int bits = key instanceof ECKey ec ? ec.getParams().getOrder().bitLength() : 0;
    return switch (bits) {
      case 256 -> "ES256";
      case 384 -> "ES384";
      case 521 -> "ES512";
      default -> throw new IllegalArgumentException("cannot sign tokens with this key");
    };
  }
}
