package dev.sallyport.store.cache;

import dev.sallyport.store.ResourceStore.Observer;
import dev.sallyport.store.ResourceStore.Watch;
import dev.sallyport.store.ResourceStore.WatchSink;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One collection: its objects, its history, its watchers and observers. Reads of the newest state
 * take one volatile read; everything else holds the monitor for a short while.
 */
final class CollectionCache {

  /** What is read together: the objects and the revision of the last write among them. */
  record Snapshot(ObjectTree tree, long revision) {}

  private static final Logger log = LoggerFactory.getLogger(CollectionCache.class);

  /** That many events of history are told while the publishing thread is kept out. */
  private static final int TOLD_LOCKED = 64;

  /** After that many rounds a replay keeps the publishing thread out until it has caught up. */
  private static final int FREE_ROUNDS = 8;

  private final String name;
  private final History history;
  private final WatcherIndex watchers = new WatcherIndex();
  private final List<Observer> observers = new ArrayList<>();
  private volatile Snapshot snapshot;

  CollectionCache(String name, ObjectTree tree, long revision) {
    this.name = name;
    this.history = new History(revision);
    this.snapshot = new Snapshot(tree, revision);
  }

  String name() {
    return name;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** The objects as of a revision that is not in the future. */
  ObjectTree treeAt(long revision) {
    Snapshot newest = snapshot;
    if (revision >= newest.revision()) {
      return newest.tree();
    }
    synchronized (this) {
      requireInHistory(revision);
      ObjectTree tree = history.treeAt(revision);
      return tree == null ? snapshot.tree() : tree;
    }
  }

  /** Makes the write visible. Publishing thread only, which holds the monitor until it is told. */
  synchronized void show(WatchEvent event, long millis) {
    ObjectTree before = snapshot.tree();
    ObjectTree after =
        event.type() == WatchEvent.Type.DELETED
            ? before.without(event.object().key())
            : before.with(event.object());
    history.add(new History.Entry(event, before, millis));
    snapshot = new Snapshot(after, event.revision());
  }

  /** Tells of the write that was shown. */
  synchronized void tell(WatchEvent event) {
    for (Observer observer : observers) {
      tell(observer, event);
    }
    watchers.tell(event);
  }

  synchronized void observe(Observer observer) {
    snapshot
        .tree()
        .visit(
            object -> {
              observer.accept(new WatchEvent(WatchEvent.Type.ADDED, object, null));
              return true;
            });
    observers.add(observer);
  }

  /** Starts a watch behind a revision that is not in the future. */
  Watch watch(String namespace, long revision, WatchSink sink) {
    Watcher watcher = new Watcher(this, namespace, sink);
    long told = revision;
    for (int round = 0; ; round++) {
      List<WatchEvent> events;
      synchronized (this) {
        requireInHistory(told);
        events = history.behind(told);
        if (events.size() <= TOLD_LOCKED || round == FREE_ROUNDS) {
          replay(events, watcher);
          watchers.add(watcher);
          return watcher;
        }
      }
      replay(events, watcher);
      told = events.get(events.size() - 1).revision();
    }
  }

  synchronized void progress(long revision) {
    watchers.forEach(watcher -> watcher.progress(revision));
  }

  synchronized void end(@Nullable StoreException failure) {
    watchers.forEach(watcher -> watcher.end(failure));
  }

  synchronized void remove(Watcher watcher) {
    watchers.remove(watcher);
  }

  synchronized History.@Nullable Entry oldest() {
    return history.oldest();
  }

  synchronized void dropOldest() {
    history.dropOldest();
  }

  private void requireInHistory(long revision) {
    if (revision < history.dropped()) {
      throw new StoreException(
          StoreException.Kind.COMPACTED,
          "revision " + revision + " is older than history, which begins at " + history.dropped(),
          snapshot.revision(),
          null);
    }
  }

  private static void replay(List<WatchEvent> events, Watcher watcher) {
    for (WatchEvent event : events) {
      if (watcher.follows(event)) {
        watcher.event(event);
      }
    }
  }

  private void tell(Observer observer, WatchEvent event) {
    try {
      observer.accept(event);
    } catch (RuntimeException e) {
      // The write is durable: an observer's fault must not make it look as if it were not.
      log.error("an observer of {} failed at revision {}", name, event.revision(), e);
    }
  }
}
