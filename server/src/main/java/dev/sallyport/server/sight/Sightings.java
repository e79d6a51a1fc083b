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
  private final SightLedger ledger;
  private final ResourceCatalogue catalogue;
  private final boolean elsewhere;

  /** Of this server's own objects. */
  public Sightings(SightSource source, ResourceCatalogue catalogue) {
    this(source, new SightLedger(), catalogue, false);
  }

  private Sightings(
      SightSource source, SightLedger ledger, ResourceCatalogue catalogue, boolean elsewhere) {
    this.source = source;
    this.ledger = ledger;
    this.catalogue = catalogue;
    this.elsewhere = elsewhere;
  }

  /**
   * Of the objects of another cluster. Nobody is concerned who may see everything and to whom no
   * binding shows a part besides.
   *
   * @param ledger who was told what of that cluster
   * @param known kinds whose scope is known; any other is taken for one in namespaces
   */
  public static Sightings elsewhere(
      SightSource source, SightLedger ledger, ResourceCatalogue known) {
    return new Sightings(source, ledger, known, true);
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

  /**
   * An answer with everything is on its way to somebody who is not {@linkplain #beside concerned}.
   *
   * @return run at least once when it is over; null when nobody needs to know
   */
  public @Nullable Runnable unaccounted(UserInfo user, RequestInfo allowed) {
    SightedKind kind = source == SightSource.NONE ? null : kind(allowed);
    return kind == null ? null : ledger.unaccounted(user.name(), kind);
  }

  private boolean concerned(UserInfo user, SightedKind kind) {
    if (ledger.knows(user.name(), kind)) {
      return true;
    }
    if (elsewhere) {
      return partly(user, "list", kind) || partly(user, "watch", kind);
    }
    return !shown(user, "list", kind).nothing() || !shown(user, "watch", kind).nothing();
  }

  private boolean partly(UserInfo user, String verb, SightedKind kind) {
    return source.partly(user, verb, kind.group(), kind.resource());
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
    if (resource == null || !resource.stored()) {
      return elsewhere
          ? new SightedKind(request.apiGroup(), request.resource(), Scope.NAMESPACED)
          : null;
    }
    return new SightedKind(request.apiGroup(), request.resource(), scope(resource));
  }

  private static Scope scope(ResourceDefinition resource) {
    if (resource.namespaced()) {
      return Scope.NAMESPACED;
    }
    boolean namespaces = resource.group().isEmpty() && resource.plural().equals("namespaces");
    return namespaces ? Scope.NAMESPACE : Scope.CLUSTER;
  }
}
