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

  /**
   * A watch of everything there is of a kind begins, of which no account is kept.
   *
   * @return run at least once when it is over
   */
  Runnable unaccounted(RequestContext context) {
    Runnable over = sightings.unaccounted(context.user(), context.info());
    return over == null ? () -> {} : over;
  }

  Answer<ObjectList> list(RequestContext context, Sighting sighting, ResourceCall call) {
    Reading reading = new Reading(context, call, moment(sighting, call));
    if (sighting.granted()) {
      return registry.list(call).map(list -> noted(reading, sighting, list));
    }
    Settled settled = settled(context, sighting);
    return registry
        .list(call, settled.seen())
        .map(list -> noted(reading, settled.sighting(), list));
  }

  /**
   * @param begun the moment of the account at which it began; 0 if it may be of an old revision
   */
  private record Reading(RequestContext context, ResourceCall call, long begun) {
    boolean continued() {
      return !call.query().text("continue").isEmpty();
    }
  }

  private long moment(Sighting sighting, ResourceCall call) {
    String version = call.query().text("resourceVersion");
    boolean newest = version.isEmpty() || version.equals("0");
    return newest && call.query().text("continue").isEmpty()
        ? sightings.ledger().moment(sighting)
        : 0;
  }

  private ObjectList noted(Reading reading, Sighting sighting, ObjectList list) {
    UUID client = ClientMark.of(reading.context());
    if (reading.continued()) {
      sightings.ledger().continued(sighting, list.revision(), client);
    } else {
      sightings.ledger().listed(sighting, list.revision(), client, reading.begun());
    }
    return list;
  }

  /** A watch's plan, and how it keeps to what is seen. */
  record SightedPlan(WatchPlan plan, WatchSight sight) {}

  Answer<SightedPlan> watch(RequestContext context, Sighting sighting, ResourceCall call) {
    Reading reading = new Reading(context, call, moment(sighting, call));
    if (sighting.granted()) {
      return registry.watch(call).map(plan -> sighted(reading, sighting, plan));
    }
    Settled settled = settled(context, sighting);
    return registry
        .watch(call, settled.seen())
        .map(plan -> sighted(reading, settled.sighting(), plan));
  }

  private SightedPlan sighted(Reading reading, Sighting sighting, WatchPlan plan) {
    SightLedger.Place place =
        sightings
            .ledger()
            .watching(
                sighting,
                plan.revision(),
                beginsAnew(reading.call()),
                ClientMark.of(reading.context()),
                reading.begun());
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
