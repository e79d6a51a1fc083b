package dev.sallyport.controllers.bootstrap;

import dev.sallyport.api.bootstrap.BootstrapToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A JSON Web Signature by a bootstrap token, without the text it signs. Whoever knows the token can
 * make it again and compare, so its bytes are kubeadm's to the last one: HS256, with alg and kid in
 * the header.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#appendix-F">RFC 7515, appendix F</a>
 */
final class DetachedSignature {
  private static final String HMAC = "HmacSHA256";

  private DetachedSignature() {}

  static String of(String content, BootstrapToken token) {
    return of(content, token.id(), token.secret());
  }

  static String of(String content, String id, String secret) {
    String header = encode("{\"alg\":\"HS256\",\"kid\":\"" + id + "\"}");
    return header + ".." + mac(header + "." + encode(content), secret);
  }

  private static String mac(String input, String secret) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      return encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
