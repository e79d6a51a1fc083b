package dev.sallyport.server.endpoint.filtered;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Closes a cluster's {@code continue} tokens: they name the last object of a page, which may be out
 * of sight. The key is this process's own, so a token is good here only, and for its user only. Any
 * thread.
 */
final class PageSeal {

  private static final String SEALED = "sealed.";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SecretKeySpec KEY = new SecretKeySpec(random(32), "AES");

  private PageSeal() {}

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  static String seal(String user, String token) {
    byte[] nonce = random(NONCE_BYTES);
    try {
      byte[] closed =
          cipher(Cipher.ENCRYPT_MODE, user, nonce).doFinal(token.getBytes(StandardCharsets.UTF_8));
      byte[] whole = Arrays.copyOf(nonce, nonce.length + closed.length);
      System.arraycopy(closed, 0, whole, nonce.length, closed.length);
      return SEALED + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is missing", e);
    }
  }

  /** The cluster's token; what was never sealed as it is; null for one that is not good here. */
  static @Nullable String open(String user, String token) {
    if (!token.startsWith(SEALED)) {
      return token;
    }
    try {
      byte[] whole = Base64.getUrlDecoder().decode(token.substring(SEALED.length()));
      if (whole.length <= NONCE_BYTES) {
        return null;
      }
      byte[] opened =
          cipher(Cipher.DECRYPT_MODE, user, whole)
              .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
      return new String(opened, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return null;
    }
  }

  private static Cipher cipher(int mode, String user, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, KEY, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
    cipher.updateAAD(user.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
