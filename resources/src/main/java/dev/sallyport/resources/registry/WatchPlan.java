package dev.sallyport.resources.registry;

import dev.sallyport.api.Answer;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How to serve a watch: tell {@code initial} as ADDED, then, if {@code initialBookmark}, the
 * bookmark that ends it, then follow the store from behind {@code revision} and shape each event.
 *
 * @param collection to follow, with {@code namespace} ("" for all)
 * @param initialBookmark whether the end of the initial events is to be marked
 * @param bookmarks whether the client wants bookmarks now and then
 * @param timeoutSeconds 0 when the client leaves it to the server
 * @param custom the kind that is followed; null for a built-in one
 * @param past reads what the watch selects of the collection as it was
 */
public record WatchPlan(
    String collection,
    String namespace,
    List<StoredObject> initial,
    boolean initialBookmark,
    boolean bookmarks,
    long revision,
    long timeoutSeconds,
    EventShaper shaper,
    @Nullable CustomKind custom,
    Past past) {

  /** The collection as it was at some revision, as the watch shows it. */
  @FunctionalInterface
  public interface Past {
    /**
     * Reads in key order what was there at the revision. Fails as a StatusException: 410 when
     * history does not go back so far.
     *
     * @param namespaces where to look; null for everywhere
     * @param which what is wanted of it
     */
    Answer<List<StoredObject>> at(
        long revision, @Nullable Set<String> namespaces, Predicate<Key> which);
  }

  /** What is to follow the store, so that the sink hears of objects it can shape at once. */
  public ResourceStore.WatchSink before(ResourceStore.WatchSink sink) {
    return custom != null && custom.convertedByWebhook() ? new ConvertedEvents(custom, sink) : sink;
  }
}
