package dev.sallyport.store.memory;

import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.cache.WatchCache;
import dev.sallyport.store.publish.Journal;
import dev.sallyport.store.publish.PublishedStore;
import java.time.Clock;

/** Opens stores that live as long as their process. */
public final class MemoryStores {

  private MemoryStores() {}

  public static ResourceStore open(HistoryLimits history, Clock clock) {
    return PublishedStore.start(
        new WatchCache(history, WatchCache.FIRST_REVISION), Journal.NONE, clock);
  }
}
