package dev.sallyport.store.cache;

import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore.ListOptions;
import dev.sallyport.store.ResourceStore.Listing;
import dev.sallyport.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gathers one page of a list from a tree. */
final class ListReader implements Predicate<StoredObject> {

  private final String namespace;
  private final int limit;
  private final @Nullable Predicate<StoredObject> filter;
  private final List<StoredObject> objects;
  private boolean more;

  private ListReader(String namespace, ListOptions options, int expected) {
    this.namespace = namespace;
    this.limit = options.limit() == 0 ? Integer.MAX_VALUE : options.limit();
    this.filter = options.filter();
    this.objects = new ArrayList<>(expected);
  }

  static Listing read(ObjectTree tree, long revision, String namespace, ListOptions options) {
    Key after = startOf(namespace, options.afterKey());
    int all = namespace.isEmpty() ? tree.size() : tree.countThrough(namespace);
    int behind = all - tree.countUpTo(after.namespace(), after.name());
    int expected = options.filter() == null ? Math.min(behind, limitOf(options)) : 16;
    ListReader reader = new ListReader(namespace, options, Math.max(expected, 0));
    tree.visitBehind(after.namespace(), after.name(), reader);
    return reader.listing(tree, revision, all);
  }

  /** Takes the next object in order; false ends the reading. */
  @Override
  public boolean test(StoredObject object) {
    if (!namespace.isEmpty() && !namespace.equals(object.key().namespace())) {
      return false;
    }
    if (filter != null && !filter.test(object)) {
      return true;
    }
    if (objects.size() == limit) {
      more = true;
      return false;
    }
    objects.add(object);
    return true;
  }

  private Listing listing(ObjectTree tree, long revision, int all) {
    int remaining = 0;
    if (more) {
      Key last = objects.get(objects.size() - 1).key();
      remaining = all - tree.countUpTo(last.namespace(), last.name());
    }
    return new Listing(objects, revision, more, remaining);
  }

  /** Names are never empty, so ("", "") stands before all objects and (x, "") before those of x. */
  private static Key startOf(String namespace, @Nullable Key after) {
    return after != null && after.compareWithin(namespace, "") > 0
        ? after
        : new Key("", namespace, "");
  }

  private static int limitOf(ListOptions options) {
    return options.limit() == 0 ? Integer.MAX_VALUE : options.limit();
  }
}
