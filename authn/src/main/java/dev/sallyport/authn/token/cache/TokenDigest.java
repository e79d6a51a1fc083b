package dev.sallyport.authn.token.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A token's SHA-256. Tables keyed by it hold no secret, and comparing it tells nothing about how
 * much of a token was right.
 */
public record TokenDigest(long a, long b, long c, long d) {

  /** One per thread, since making one costs more than using it. */
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(TokenDigest::sha256);

  public static TokenDigest of(String token) {
    byte[] digest = SHA_256.get().digest(token.getBytes(StandardCharsets.UTF_8));
    ByteBuffer words = ByteBuffer.wrap(digest);
    return new TokenDigest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(a); // as even as any other part of it
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
