package dev.sallyport.store.factory;

import dev.sallyport.store.Indexer;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoreConfig;
import dev.sallyport.store.StoreOpenException;
import dev.sallyport.store.embedded.EmbeddedStores;
import dev.sallyport.store.memory.MemoryStores;
import java.nio.file.Path;
import java.time.Clock;

/** Opens stores. */
public final class Stores {

  private Stores() {}

  /**
   * Opens the engine of the configuration. Blocks while the embedded one reads what it holds: call
   * it on a thread of its own while the rest of the server starts.
   *
   * @param indexer reads the stored rows; called from several threads at once
   */
  public static ResourceStore open(StoreConfig config, Indexer indexer) throws StoreOpenException {
    Path dataDir = config.dataDir();
    return dataDir == null
        ? MemoryStores.open(config.history(), Clock.systemUTC())
        : EmbeddedStores.open(dataDir, config.history(), Clock.systemUTC(), indexer);
  }

  /** A store that starts empty and keeps nothing, with the default history. */
  public static ResourceStore memory() {
    return MemoryStores.open(StoreConfig.memory().history(), Clock.systemUTC());
  }
}
