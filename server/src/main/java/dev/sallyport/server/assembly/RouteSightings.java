package dev.sallyport.server.assembly;

import dev.sallyport.authz.SightSource;
import dev.sallyport.config.routes.ListFiltering;
import dev.sallyport.config.routes.UpstreamSpec;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.server.endpoint.filtered.OpenReads;
import dev.sallyport.server.sight.SightLedger;
import dev.sallyport.server.sight.Sightings;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What may be seen of clusters behind routes. The account of who was told what belongs to the
 * cluster and is kept as long as the cluster stands in the configuration as it was, whatever
 * becomes of its routes. One thread at a time.
 */
final class RouteSightings {

  private final ResourceCatalogue known;
  private final OpenReads open = new OpenReads();
  private final Map<UpstreamSpec, SightLedger> ledgers = new HashMap<>();

  /**
   * @param known the kinds whose scope is known
   */
  RouteSightings(ResourceCatalogue known) {
    this.known = known;
  }

  OpenReads open() {
    return open;
  }

  /** From now on open reads hear of its changes. */
  void follow(SightSource source) {
    source.onChange(open::sightChanged);
  }

  Sightings of(UpstreamSpec upstream, ListFiltering how, SightSource source) {
    return Sightings.elsewhere(
        how == ListFiltering.ALL ? source.ofAllBindings() : source,
        ledgers.computeIfAbsent(upstream, unknown -> new SightLedger()),
        known);
  }

  /** Forgets all other clusters. */
  void keep(Collection<UpstreamSpec> upstreams) {
    ledgers.keySet().retainAll(upstreams);
  }
}
