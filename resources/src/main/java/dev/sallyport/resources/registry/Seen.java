package dev.sallyport.resources.registry;

import dev.sallyport.store.Key;
import dev.sallyport.store.StoredObject;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What of a collection may be seen.
 *
 * @param which quick, without side effects, for any thread
 * @param revision up to which that is known to be right: nothing newer is read
 */
public record Seen(Predicate<Key> which, long revision) {

  Predicate<StoredObject> and(@Nullable Predicate<StoredObject> filter) {
    return filter == null
        ? stored -> which.test(stored.key())
        : stored -> which.test(stored.key()) && filter.test(stored);
  }
}
