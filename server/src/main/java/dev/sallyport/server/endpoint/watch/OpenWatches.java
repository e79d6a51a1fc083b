package dev.sallyport.server.endpoint.watch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All watches that run, so that they can be counted and ended together. Any thread. */
public final class OpenWatches {

  private final Set<WatchStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  public int count() {
    return open.size();
  }

  /** Ends all watches cleanly, and every one that is opened from now on at once. */
  public void endAll() {
    ending = true;
    open.forEach(WatchStream::endSoon);
  }

  void opened(WatchStream watch) {
    open.add(watch);
    if (ending) {
      watch.endSoon();
    }
  }

  void closed(WatchStream watch) {
    open.remove(watch);
  }
}
