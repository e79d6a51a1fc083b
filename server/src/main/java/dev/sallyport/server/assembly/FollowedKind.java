package dev.sallyport.server.assembly;

import dev.sallyport.api.Answer;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of all objects of a collection and of every change, until it is closed. */
final class FollowedKind implements ResourceStore.WatchSink, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FollowedKind.class);

  private final ResourceStore store;
  private final String collection;
  private final BiConsumer<WatchEvent.Type, StoredObject> heard;
  private ResourceStore.@Nullable Watch watch;

  FollowedKind(
      ResourceStore store, String collection, BiConsumer<WatchEvent.Type, StoredObject> heard) {
    this.store = store;
    this.collection = collection;
    this.heard = heard;
  }

  /** Tells of what is there in this call. Called once. */
  void start() {
    Answer<ResourceStore.Listing> listed =
        store.list(collection, "", ResourceStore.ListOptions.ALL);
    if (!(listed instanceof Answer.Now<ResourceStore.Listing> now)) {
      throw new IllegalStateException("the store does not answer reads from memory");
    }
    now.value().objects().forEach(object -> heard.accept(WatchEvent.Type.ADDED, object));
    watch = store.watch(collection, "", now.value().revision(), this);
  }

  @Override
  public void event(WatchEvent event) {
    heard.accept(event.type(), event.object());
  }

  @Override
  public void progress(long revision) {}

  @Override
  public void ended(@Nullable StoreException failure) {
    if (failure != null) {
      log.warn("Objects of {} are not followed any more: {}", collection, failure.getMessage());
    }
  }

  @Override
  public void close() {
    ResourceStore.Watch open = watch;
    if (open != null) {
      open.close();
    }
  }
}
