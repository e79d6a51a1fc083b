package dev.sallyport.resources.registry;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.store.StoredObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides how a watch begins. */
final class WatchOperation {

  private final Backing backing;
  private final ListOperation reads;

  WatchOperation(Backing backing, ListOperation reads) {
    this.backing = backing;
    this.reads = reads;
  }

  /**
   * @param seen what of the collection is to be seen; null for all of it
   */
  Answer<WatchPlan> plan(ResourceCall call, @Nullable Seen seen) {
    ListOptions options = ListOptions.parse(call.query(), call.resource(), true, call.name());
    long wanted = version(options);
    boolean initial =
        options.sendInitialEvents() == null ? wanted == 0 : options.sendInitialEvents();
    Answer<Long> newest = seen == null ? backing.store().revision() : Answer.now(seen.revision());
    return newest.then(
        current -> {
          if (wanted > current) {
            throw new StatusException(StoreErrors.tooLarge(wanted, current));
          }
          return initial
              ? withInitial(call, options, seen)
              : Answer.now(plan(call, options, List.of(), wanted == 0 ? current : wanted));
        });
  }

  private static long version(ListOptions options) {
    try {
      return ResourceVersions.parse(options.resourceVersion());
    } catch (ResourceVersions.Malformed e) {
      // Unlike a list's, a watch's bad version is recorded as a 500 without a reason.
      throw new StatusException(new Status(500, "", String.valueOf(e.getMessage()), null));
    }
  }

  private Answer<WatchPlan> withInitial(
      ResourceCall call, ListOptions options, @Nullable Seen seen) {
    return reads
        .list(call, options.newestWhole(), seen)
        .map(list -> plan(call, options, list.objects(), list.revision()));
  }

  private WatchPlan plan(
      ResourceCall call, ListOptions options, List<StoredObject> initial, long revision) {
    ResourceDefinition resource = call.resource();
    boolean marksEnd = options.bookmarks() && Boolean.TRUE.equals(options.sendInitialEvents());
    return new WatchPlan(
        resource.collection(),
        call.namespace(),
        initial,
        marksEnd,
        options.bookmarks(),
        revision,
        options.timeoutSeconds(),
        new EventShaper(options, ObjectView.of(backing, resource), resource.kind()),
        resource.custom(),
        (at, namespaces, which) ->
            new SeenObjects(reads, call, options.newestWhole(), new Seen(which, at))
                .in(namespaces));
  }
}
