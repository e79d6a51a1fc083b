package dev.sallyport.server.filter;

import dev.sallyport.api.Attributes;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import dev.sallyport.authz.Sight;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.sight.Sighting;
import dev.sallyport.server.sight.Sightings;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets lists and watches across namespaces pass that nobody allowed, to be answered with what their
 * user may see by bindings that have opted in. What an authorizer has denied stays denied.
 */
public final class FilteredLists {

  private static final String ANNOTATION = "sallyport.dev/filtered-list";
  private static final int MOST_NAMED = 20;

  private final Sightings sightings;
  private final boolean routed;

  /** Of this server's own objects. */
  public FilteredLists(Sightings sightings) {
    this(sightings, false);
  }

  private FilteredLists(Sightings sightings, boolean routed) {
    this.sightings = sightings;
    this.routed = routed;
  }

  /** Of what stands behind a route. */
  public static FilteredLists behind(Sightings sightings) {
    return new FilteredLists(sightings, true);
  }

  /** The request as it passes, or null when it does not. */
  @Nullable RequestContext admitted(
      RequestContext context, Attributes attributes, AuthorizationResult result) {
    boolean mine = routed == (context.route() != null);
    if (!mine || result.decision() != Decision.NO_OPINION || result.error() != null) {
      return null;
    }
    Sighting sighting = sightings.instead(attributes);
    if (sighting == null) {
      return null;
    }
    AuditEntry entry = context.audit();
    if (entry != null) {
      entry.authorized("allow", "RBAC: filtered to what bindings show");
      entry.annotate(ANNOTATION, described(sighting.sight()));
    }
    return context.seeing(sighting);
  }

  private static String described(Sight sight) {
    if (sight.everything()) {
      return "everything";
    }
    Set<String> namespaces = sight.namespaces();
    StringBuilder out = new StringBuilder(sight.namesEverywhere() ? "names everywhere" : "");
    int named = 0;
    for (String namespace : namespaces) {
      if (named++ == MOST_NAMED) {
        return out.append(" and ")
            .append(namespaces.size() - MOST_NAMED)
            .append(" more")
            .toString();
      }
      out.append(out.isEmpty() ? "" : ",").append(namespace);
    }
    return out.toString();
  }
}
