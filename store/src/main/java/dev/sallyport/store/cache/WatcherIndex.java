package dev.sallyport.store.cache;

import dev.sallyport.store.WatchEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A collection's watchers by namespace, so that a write costs those only who want it. Arrays are
 * replaced, never changed: a sink may close its watch while it is being told. Not thread-safe:
 * {@link CollectionCache} guards it.
 */
final class WatcherIndex {

  private static final Watcher[] NONE = {};

  private final Map<String, Watcher[]> byNamespace = new HashMap<>();

  void add(Watcher watcher) {
    Watcher[] known = byNamespace.getOrDefault(watcher.namespace(), NONE);
    Watcher[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = watcher;
    byNamespace.put(watcher.namespace(), more);
  }

  void remove(Watcher watcher) {
    Watcher[] known = byNamespace.getOrDefault(watcher.namespace(), NONE);
    int place = Arrays.asList(known).indexOf(watcher);
    if (place < 0) {
      return;
    }
    if (known.length == 1) {
      byNamespace.remove(watcher.namespace());
      return;
    }
    Watcher[] fewer = Arrays.copyOf(known, known.length - 1);
    System.arraycopy(known, place + 1, fewer, place, fewer.length - place);
    byNamespace.put(watcher.namespace(), fewer);
  }

  void tell(WatchEvent event) {
    String namespace = event.object().key().namespace();
    for (Watcher watcher : byNamespace.getOrDefault("", NONE)) {
      watcher.event(event);
    }
    if (!namespace.isEmpty()) {
      for (Watcher watcher : byNamespace.getOrDefault(namespace, NONE)) {
        watcher.event(event);
      }
    }
  }

  void forEach(Consumer<Watcher> action) {
    for (Watcher[] watchers : byNamespace.values().toArray(new Watcher[0][])) {
      for (Watcher watcher : watchers) {
        action.accept(watcher);
      }
    }
  }
}
