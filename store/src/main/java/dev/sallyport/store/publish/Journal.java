package dev.sallyport.store.publish;

import dev.sallyport.store.StoreException;
import dev.sallyport.store.WatchEvent;
import java.util.List;

/** Keeps what was written. All methods are called on the publishing thread. */
public interface Journal extends AutoCloseable {

  /** Keeps nothing. */
  Journal NONE =
      new Journal() {
        @Override
        public void commit(List<Entry> entries, long millis) {}

        @Override
        public void close() {}
      };

  /**
   * One write.
   *
   * @param json the new state without resourceVersion; for a deletion the last state
   */
  record Entry(WatchEvent event, byte[] json) {}

  /**
   * Keeps the writes durably, all or none, before it returns.
   *
   * @param millis the time of the writes, since the epoch
   * @throws StoreException {@link StoreException.Kind#UNAVAILABLE} when none was kept
   */
  void commit(List<Entry> entries, long millis);

  /** The event has left history: what only it needs may go with a later commit or while idle. */
  default void dropped(WatchEvent event) {}

  /** Called now and then when there is nothing to write. */
  default void idle() {}

  @Override
  void close();
}
