package dev.sallyport.resources.registry;

import dev.sallyport.api.Answer;
import dev.sallyport.store.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what is seen of some namespaces, at the revision that the sight is of. */
record SeenObjects(ListOperation reads, ResourceCall call, ListOptions options, Seen seen) {

  /** From so many namespaces on the whole collection is looked through once. */
  private static final int MANY = 32;

  /**
   * @param namespaces null for all
   */
  Answer<List<StoredObject>> in(@Nullable Set<String> namespaces) {
    if (namespaces == null || namespaces.size() > MANY || !call.resource().namespaced()) {
      return reads.list(call, options, seen).map(ObjectList::objects);
    }
    return rest(new TreeSet<>(namespaces).iterator(), new ArrayList<>());
  }

  private Answer<List<StoredObject>> rest(Iterator<String> namespaces, List<StoredObject> found) {
    if (!namespaces.hasNext()) {
      return Answer.now(found);
    }
    return reads
        .list(within(namespaces.next()), options, seen)
        .then(
            list -> {
              found.addAll(list.objects());
              return rest(namespaces, found);
            });
  }

  private ResourceCall within(String namespace) {
    return new ResourceCall(
        call.user(), call.resource(), namespace, "", "", call.query(), call.userAgent());
  }
}
