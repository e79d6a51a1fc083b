package dev.sallyport.authz.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a webhook has said, for as long as it holds. Bounded; for any thread. */
final class DecisionCache {

  private static final int REMEMBERED = 8 << 10;

  private record Remembered(AuthorizationResult result, long untilMillis) {}

  private final long authorizedMillis;
  private final long unauthorizedMillis;
  private final Clock clock;
  private volatile @Nullable Cache<DecisionKey, Remembered> cache;

  /**
   * @param authorized how long an ALLOW holds; zero: not at all
   * @param unauthorized how long any other decision holds
   */
  DecisionCache(Duration authorized, Duration unauthorized, Clock clock) {
    this.authorizedMillis = authorized.toMillis();
    this.unauthorizedMillis = unauthorized.toMillis();
    this.clock = clock;
  }

  @Nullable AuthorizationResult find(DecisionKey key) {
    Cache<DecisionKey, Remembered> known = cache;
    Remembered before = known == null ? null : known.getIfPresent(key);
    return before != null && clock.millis() < before.untilMillis() ? before.result() : null;
  }

  void remember(DecisionKey key, AuthorizationResult result) {
    long ttl = result.decision() == Decision.ALLOW ? authorizedMillis : unauthorizedMillis;
    if (ttl > 0 && key.worthKeeping()) {
      open().put(key, new Remembered(result, clock.millis() + ttl));
    }
  }

  /** Made with the first decision, not at start. */
  private synchronized Cache<DecisionKey, Remembered> open() {
    Cache<DecisionKey, Remembered> known = cache;
    if (known == null) {
      known = Caffeine.newBuilder().maximumSize(REMEMBERED).build();
      cache = known;
    }
    return known;
  }
}
