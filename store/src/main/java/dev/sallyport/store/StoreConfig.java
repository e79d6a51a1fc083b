package dev.sallyport.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which store to open.
 *
 * @param dataDir where the embedded engine keeps everything, created if absent; null for a store
 *     that keeps nothing
 * @param history how far back watches and lists reach
 */
public record StoreConfig(@Nullable Path dataDir, HistoryLimits history) {

  /** A store that keeps nothing. */
  public static StoreConfig memory() {
    return new StoreConfig(null, HistoryLimits.DEFAULT);
  }

  /** The same store with another history. */
  public StoreConfig with(HistoryLimits limits) {
    return new StoreConfig(dataDir, limits);
  }

  /** A store below the directory. */
  public static StoreConfig in(Path dataDir) {
    return new StoreConfig(dataDir, HistoryLimits.DEFAULT);
  }
}
