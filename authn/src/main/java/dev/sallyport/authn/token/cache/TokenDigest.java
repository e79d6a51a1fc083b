package dev.sallyport.authn.token.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A token's SHA-256. Tables keyed by it hold no secret, and comparing it tells nothing about how
 * much of a token was right.
 */
public record TokenDigest(long a, long b, long c, long d) {

  private static final ThreadLocal<Maker> MAKERS = ThreadLocal.withInitial(Maker::new);

  /** The digest; asking again for the same string object, as each kind of token does, is free. */
  public static TokenDigest of(String token) {
    return MAKERS.get().digest(token);
  }

  /**
   * One per thread, since making one costs more than using it. It knows its last token by identity
   * only: comparing the text would tell by its time how much of it was right.
   */
  private static final class Maker {
    private final MessageDigest sha256 = sha256();
    private @Nullable String last;
    private @Nullable TokenDigest digest;

    @SuppressWarnings("ReferenceEquality")
    TokenDigest digest(String token) {
      TokenDigest known = digest;
      if (known == null || last != token) {
        byte[] bytes = sha256.digest(token.getBytes(StandardCharsets.UTF_8));
        ByteBuffer words = ByteBuffer.wrap(bytes);
        known = new TokenDigest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
        last = token;
        digest = known;
      }
      return known;
    }
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
