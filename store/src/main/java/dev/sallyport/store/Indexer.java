package dev.sallyport.store;

/**
 * Makes a {@link Draft} of stored JSON (without resourceVersion) when rows are loaded at start.
 * Called from several threads at once; throws {@link IllegalArgumentException} for a row that is no
 * such object, which the store reports by its key.
 */
public interface Indexer {
  Draft index(Key key, byte[] json);
}
