package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.StatusException;
import dev.sallyport.authz.ForbiddenMessage;
import dev.sallyport.resources.registry.ObjectList;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.resources.registry.Seen;
import dev.sallyport.resources.registry.WatchPlan;
import dev.sallyport.server.chain.ClientMark;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.watch.WatchSight;
import dev.sallyport.server.sight.SightLedger;
import dev.sallyport.server.sight.Sighting;
import dev.sallyport.server.sight.Sightings;
import dev.sallyport.store.ResourceStore;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads collections of which a user sees a part, and keeps account of who was told what. */
public final class SeenCollections {

  private final Sightings sightings;
  private final ResourceRegistry registry;
  private final ResourceStore store;

  public SeenCollections(Sightings sightings, ResourceRegistry registry, ResourceStore store) {
    this.sightings = sightings;
    this.registry = registry;
    this.store = store;
  }

  /**
   * What the answer to a read of a whole collection shows; null for everything, to somebody of whom
   * no account is kept.
   */
  @Nullable Sighting sighting(RequestContext context) {
    Sighting part = context.sighting();
    return part != null ? part : sightings.beside(context.user(), context.info());
  }

  Answer<ObjectList> list(RequestContext context, Sighting sighting, ResourceCall call) {
    boolean continued = !call.query().text("continue").isEmpty();
    if (sighting.granted()) {
      return registry.list(call).map(list -> noted(context, sighting, list, continued));
    }
    Settled settled = settled(context, sighting);
    return registry
        .list(call, settled.seen())
        .map(list -> noted(context, settled.sighting(), list, continued));
  }

  private ObjectList noted(
      RequestContext context, Sighting sighting, ObjectList list, boolean continued) {
    UUID client = ClientMark.of(context);
    if (continued) {
      sightings.ledger().continued(sighting, list.revision(), client);
    } else {
      sightings.ledger().listed(sighting, list.revision(), client);
    }
    return list;
  }

  /** A watch's plan, and how it keeps to what is seen. */
  record SightedPlan(WatchPlan plan, WatchSight sight) {}

  Answer<SightedPlan> watch(RequestContext context, Sighting sighting, ResourceCall call) {
    if (sighting.granted()) {
      return registry.watch(call).map(plan -> sighted(context, sighting, call, plan));
    }
    Settled settled = settled(context, sighting);
    return registry
        .watch(call, settled.seen())
        .map(plan -> sighted(context, settled.sighting(), call, plan));
  }

  private SightedPlan sighted(
      RequestContext context, Sighting sighting, ResourceCall call, WatchPlan plan) {
    SightLedger.Place place =
        sightings
            .ledger()
            .watching(sighting, plan.revision(), beginsAnew(call), ClientMark.of(context));
    return new SightedPlan(plan, new WatchSight(sighting, place, plan.past(), store::observed));
  }

  /** Whether the client holds nothing yet that the watch would go on from. */
  private static boolean beginsAnew(ResourceCall call) {
    String version = call.query().text("resourceVersion");
    return version.isEmpty() || version.equals("0") || call.query().on("sendInitialEvents");
  }

  /**
   * A sighting with a revision it is right at.
   *
   * @param sighting with which exactly that is seen which was visible at the revision, or became so
   *     since
   */
  private record Settled(Sighting sighting, long revision) {
    Seen seen() {
      return new Seen(sighting::sees, revision);
    }
  }

  /** Changes of bindings are counted before their revision is observed, so this ends. */
  private Settled settled(RequestContext context, Sighting begun) {
    Sighting sighting = begun;
    while (true) {
      long revision = store.observed();
      if (sighting.current()) {
        return new Settled(sighting, revision);
      }
      Sighting next = sighting.renewed();
      if (next == null) {
        throw new StatusException(
            ForbiddenMessage.status(new Attributes(context.user(), context.info()), ""));
      }
      sighting = next;
    }
  }
}
