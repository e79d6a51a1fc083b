package dev.sallyport.store.factory;

import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.cache.HistoryLimits;
import dev.sallyport.store.memory.MemoryStores;
import java.time.Clock;

/** Opens stores. */
public final class Stores {

  private Stores() {}

  /** A store that starts empty and keeps nothing, with the default history. */
  public static ResourceStore memory() {
    return MemoryStores.open(HistoryLimits.DEFAULT, Clock.systemUTC());
  }
}
