package dev.sallyport.server.endpoint.watch;

import dev.sallyport.api.Answer;
import dev.sallyport.store.Change;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import java.util.Optional;

/** A store that remembers no history. */
record CompactedStore(ResourceStore store) implements ResourceStore {

  @Override
  public Watch watch(String collection, String namespace, long revision, WatchSink sink) {
    throw new StoreException(StoreException.Kind.COMPACTED, "old");
  }

  @Override
  public Answer<Long> revision() {
    return store.revision();
  }

  @Override
  public long observed() {
    return store.observed();
  }

  @Override
  public Answer<Optional<StoredObject>> get(Key key) {
    return store.get(key);
  }

  @Override
  public Answer<Listing> list(String collection, String namespace, ListOptions options) {
    return store.list(collection, namespace, options);
  }

  @Override
  public Answer<StoredObject> create(Key key, Draft draft) {
    return store.create(key, draft);
  }

  @Override
  public Answer<StoredObject> update(Key key, Preconditions preconditions, Change change) {
    return store.update(key, preconditions, change);
  }

  @Override
  public void observe(String collection, Observer observer) {
    store.observe(collection, observer);
  }

  @Override
  public void close() {
    store.close();
  }
}
