package dev.sallyport.config.pki;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.util.Collection;

/**
 * Keys that BoringSSL, as it can be configured from here, does not let a TLS peer prove: Ed25519
 * and curves above P-384.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-4.2.3">RFC 8446, 4.2.3</a>
 */
public final class RareKeys {
  private static final int LARGEST_USUAL_CURVE = 384;

  private RareKeys() {}

  public static boolean amongThoseOf(Collection<X509Certificate> certificates) {
    for (X509Certificate certificate : certificates) {
      if (isRare(certificate.getPublicKey())) {
        return true;
      }
    }
    return false;
  }

  static boolean isRare(PublicKey key) {
    return key instanceof ECKey ec
        ? ec.getParams().getOrder().bitLength() > LARGEST_USUAL_CURVE
        : !key.getAlgorithm().equals("RSA");
  }
}
