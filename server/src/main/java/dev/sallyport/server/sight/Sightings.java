package dev.sallyport.server.sight;

import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.Sight;
import dev.sallyport.authz.SightSource;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.server.sight.SightedKind.Scope;
import org.jspecify.annotations.Nullable;

/** Offers lists and watches of what may be seen, where all may not. Any thread. */
public final class Sightings {

  private final SightSource source;
  private final SightLedger ledger = new SightLedger();
  private final ResourceCatalogue catalogue;

  public Sightings(SightSource source, ResourceCatalogue catalogue) {
    this.source = source;
    this.catalogue = catalogue;
  }

  public SightLedger ledger() {
    return ledger;
  }

  /** Runs it behind every change of what anybody may see; it is quick. */
  public void onChange(Runnable listener) {
    source.onChange(listener);
  }

  /** What may be shown of a collection that may not be seen whole; null when that is nothing. */
  public @Nullable Sighting instead(Attributes refused) {
    SightedKind kind = kind(refused.request());
    return kind == null
        ? null
        : Sighting.of(source, refused.user(), kind, watches(refused.request()));
  }

  /**
   * Of a request that was allowed as a whole: its sighting if clients of the same user may have
   * seen less, so that theirs and its revisions are told apart; null for nearly everybody.
   */
  public @Nullable Sighting beside(UserInfo user, RequestInfo allowed) {
    SightedKind kind = kind(allowed);
    return kind == null || !concerned(user, kind)
        ? null
        : Sighting.granted(source, user, kind, watches(allowed));
  }

  private boolean concerned(UserInfo user, SightedKind kind) {
    return ledger.knows(user.name(), kind)
        || !shown(user, "list", kind).nothing()
        || !shown(user, "watch", kind).nothing();
  }

  private Sight shown(UserInfo user, String verb, SightedKind kind) {
    return source.of(user, verb, kind.group(), kind.resource());
  }

  private static boolean watches(RequestInfo request) {
    return request.verb().equals("watch");
  }

  /** The kind of a list or watch of all namespaces; null for any other request. */
  private @Nullable SightedKind kind(RequestInfo request) {
    boolean reads = request.verb().equals("list") || request.verb().equals("watch");
    if (!reads || !request.subresource().isEmpty() || !request.namespace().isEmpty()) {
      return null;
    }
    ResourceDefinition resource =
        catalogue.find(request.apiGroup(), request.apiVersion(), request.resource());
    return resource == null || !resource.stored()
        ? null
        : new SightedKind(request.apiGroup(), request.resource(), scope(resource));
  }

  private static Scope scope(ResourceDefinition resource) {
    if (resource.namespaced()) {
      return Scope.NAMESPACED;
    }
    boolean namespaces = resource.group().isEmpty() && resource.plural().equals("namespaces");
    return namespaces ? Scope.NAMESPACE : Scope.CLUSTER;
  }
}
