package dev.sallyport.store.embedded;

import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.Indexer;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoreOpenException;
import dev.sallyport.store.publish.PublishedStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;

/** Opens stores that live in a directory. */
public final class EmbeddedStores {

  private static final String FILE = "store.db";

  private EmbeddedStores() {}

  /**
   * Opens the store of a directory, which it creates if need be. Blocks while it reads all objects.
   *
   * @throws StoreOpenException when another process has it, when it is damaged, of a newer format,
   *     or cannot be used
   */
  public static ResourceStore open(
      Path dataDir, HistoryLimits history, Clock clock, Indexer indexer) throws StoreOpenException {
    DataDirectory directory = DataDirectory.open(dataDir);
    try {
      return open(directory, history, clock, indexer);
    } catch (StoreOpenException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static ResourceStore open(
      DataDirectory directory, HistoryLimits history, Clock clock, Indexer indexer)
      throws StoreOpenException {
    NativeLibrary.load(directory.path());
    Database database = Database.open(directory.file(FILE, Database::create));
    try {
      Loader.Loaded loaded = Loader.load(database, history, indexer);
      return PublishedStore.start(
          loaded.cache(), new SqliteJournal(directory, database, loaded.compaction()), clock);
    } catch (StoreOpenException | RuntimeException e) {
      database.closeQuietly();
      throw e;
    } catch (SQLException e) {
      database.closeQuietly();
      throw Database.openFailure(database.file(), e);
    }
  }
}
