package dev.sallyport.resources.registry;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.selector.FieldSelector;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.ResourceStore.Listing;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads one object or a page of them. */
final class ListOperation {

  private final Backing backing;

  ListOperation(Backing backing) {
    this.backing = backing;
  }

  Answer<StoredObject> get(ResourceCall call) {
    String version = call.query().text("resourceVersion");
    if (!version.isEmpty() && !version.equals("0")) {
      return notBefore(ResourceVersions.parseOrRefuse(version)).then(current -> shown(call));
    }
    return shown(call);
  }

  private Answer<StoredObject> shown(ResourceCall call) {
    ObjectView view = ObjectView.of(backing, call);
    return view.converts()
        ? read(call).then(stored -> Kept.shown(call.resource(), stored)).map(view::served)
        : read(call);
  }

  private Answer<StoredObject> read(ResourceCall call) {
    return backing
        .store()
        .get(call.key(call.name()))
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new StatusException(
                            Status.notFound(
                                call.resource().group(), call.resource().plural(), call.name()))));
  }

  /** The store's revision; 504 when it has not reached the wanted one. */
  private Answer<Long> notBefore(long wanted) {
    return backing.store().revision().map(current -> reached(wanted, current));
  }

  private static long reached(long wanted, long current) {
    if (wanted > current) {
      throw new StatusException(StoreErrors.tooLarge(wanted, current));
    }
    return current;
  }

  Answer<ObjectList> list(ResourceCall call, ListOptions options) {
    return list(call, options, null);
  }

  /**
   * @param seen what of the collection is to be seen; null for all of it
   */
  Answer<ObjectList> list(ResourceCall call, ListOptions options, @Nullable Seen seen) {
    long wanted = ResourceVersions.parseOrRefuse(options.resourceVersion());
    ContinueToken token = null;
    if (!options.continueToken().isEmpty()) {
      if (wanted != 0) {
        throw OptionFaults.badRequest(
            "specifying resource version is not allowed when using continue");
      }
      token = ContinueToken.decode(options.continueToken(), call.resource().collection());
    }
    long exactly = token != null ? Math.max(0, token.revision()) : options.exact() ? wanted : 0;
    if (seen != null) {
      // What is newer may follow a binding that is not in force yet.
      reached(Math.max(wanted, exactly), seen.revision());
      return read(new Page(call, options, exactly == 0 ? seen.revision() : exactly, token, seen));
    }
    Page page = new Page(call, options, exactly, token, null);
    if (wanted > 0) {
      return notBefore(wanted).then(current -> read(page));
    }
    return read(page);
  }

  /** What to read: {@code revision} 0 is the newest. */
  private record Page(
      ResourceCall call,
      ListOptions options,
      long revision,
      @Nullable ContinueToken token,
      @Nullable Seen seen) {

    /** How many of the rest would be picked is not known without looking at them. */
    boolean picks() {
      return seen != null || options.selects();
    }
  }

  private Answer<ObjectList> read(Page page) {
    ResourceDefinition resource = page.call().resource();
    return Answers.recover(
        () -> query(page).then(listing -> assemble(page, listing)),
        failure -> {
          ContinueToken token = page.token();
          if (token != null
              && failure instanceof StoreException store
              && store.kind() == StoreException.Kind.COMPACTED) {
            throw new StatusException(StoreErrors.continueExpired(token.newest().encode()));
          }
          throw StoreErrors.translated(failure, resource, "");
        });
  }

  private Answer<Listing> query(Page page) {
    ResourceCall call = page.call();
    ResourceDefinition resource = call.resource();
    ObjectView view = ObjectView.of(backing, resource);
    Predicate<StoredObject> filter = page.options().filter();
    if (filter != null && view.converts()) {
      // Selectors name the served version's fields.
      Predicate<StoredObject> onServed = filter;
      CustomKind custom = resource.custom();
      filter =
          stored ->
              (custom != null && custom.shownNow(stored) == null)
                  || onServed.test(view.served(stored));
    }
    Seen seen = page.seen();
    if (seen != null) {
      filter = seen.and(filter);
    }
    Key after =
        page.token() == null ? null : page.token().after(resource.namespaced(), call.namespace());
    int limit = (int) Math.min(Math.max(0, page.options().limit()), Integer.MAX_VALUE);
    return backing
        .store()
        .list(
            resource.collection(),
            namespace(call, page.options().fields()),
            new ResourceStore.ListOptions(page.revision(), after, limit, filter));
  }

  /** A field selector that fixes the namespace saves looking at all others. */
  private static String namespace(ResourceCall call, FieldSelector fields) {
    return call.namespace().isEmpty() && call.resource().namespaced()
        ? fields.required("metadata.namespace")
        : call.namespace();
  }

  private Answer<ObjectList> assemble(Page page, Listing listing) {
    ResourceDefinition resource = page.call().resource();
    List<StoredObject> objects = listing.objects();
    String token = "";
    if (listing.more() && !objects.isEmpty()) {
      Key last = objects.get(objects.size() - 1).key();
      token = ContinueToken.behind(last, listing.revision(), page.call().namespace()).encode();
    }
    String next = token;
    long remaining = page.picks() ? -1 : listing.remaining();
    return Kept.shown(resource, objects)
        .map(
            shown ->
                new ObjectList(
                    resource.listKind(),
                    served(page, shown),
                    listing.revision(),
                    next,
                    remaining,
                    resource.custom() != null));
  }

  private List<StoredObject> served(Page page, List<StoredObject> objects) {
    ResourceDefinition resource = page.call().resource();
    ObjectView view = ObjectView.of(backing, resource);
    if (!view.converts()) {
      return objects;
    }
    // What a webhook had to convert could not be selected before.
    Predicate<StoredObject> filter = resource.custom() == null ? null : page.options().filter();
    List<StoredObject> served = new ArrayList<>(objects.size());
    for (StoredObject object : objects) {
      StoredObject shown = view.served(object);
      if (filter == null || filter.test(shown)) {
        served.add(shown);
      }
    }
    return served;
  }
}
