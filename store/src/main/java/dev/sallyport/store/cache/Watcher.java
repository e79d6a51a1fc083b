package dev.sallyport.store.cache;

import dev.sallyport.store.ResourceStore.Watch;
import dev.sallyport.store.ResourceStore.WatchSink;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.WatchEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One watch of a collection: passes on to its sink until it is closed or the sink fails. */
final class Watcher implements Watch {

  private static final Logger log = LoggerFactory.getLogger(Watcher.class);

  private final CollectionCache collection;
  private final String namespace;
  private final WatchSink sink;
  private volatile boolean closed;

  Watcher(CollectionCache collection, String namespace, WatchSink sink) {
    this.collection = collection;
    this.namespace = namespace;
    this.sink = sink;
  }

  /** "" for all. */
  String namespace() {
    return namespace;
  }

  boolean follows(WatchEvent event) {
    return namespace.isEmpty() || namespace.equals(event.object().key().namespace());
  }

  void event(WatchEvent event) {
    if (closed) {
      return;
    }
    try {
      sink.event(event);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  void progress(long revision) {
    if (closed) {
      return;
    }
    try {
      sink.progress(revision);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Ends the watch from the store's side. */
  void end(@Nullable StoreException failure) {
    if (closed) {
      return;
    }
    close();
    try {
      sink.ended(failure);
    } catch (RuntimeException e) {
      log.warn("a watch of {} could not be ended", collection.name(), e);
    }
  }

  @Override
  public void close() {
    closed = true;
    collection.remove(this);
  }

  private void fail(RuntimeException failure) {
    log.warn("a watch of {} failed and is ended", collection.name(), failure);
    end(new StoreException(StoreException.Kind.UNAVAILABLE, "the watch failed: " + failure));
  }
}
