package dev.sallyport.authn.token.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * What has been found out about tokens, bounded. It says nothing about how long that holds: values
 * know it themselves. For any thread.
 */
public final class DigestCache<V> {
  private final int limit;
  private volatile @Nullable Cache<TokenDigest, V> cache;

  /**
   * @param limit how many tokens are remembered; those used least go first
   */
  public DigestCache(int limit) {
    this.limit = limit;
  }

  public @Nullable V find(TokenDigest token) {
    Cache<TokenDigest, V> known = cache;
    return known == null ? null : known.getIfPresent(token);
  }

  public void remember(TokenDigest token, V value) {
    open().put(token, value);
  }

  /** Made with the first token, not at start: a server without tokens never pays for it. */
  private synchronized Cache<TokenDigest, V> open() {
    Cache<TokenDigest, V> known = cache;
    if (known == null) {
      known = Caffeine.newBuilder().maximumSize(limit).build();
      cache = known;
    }
    return known;
  }
}
