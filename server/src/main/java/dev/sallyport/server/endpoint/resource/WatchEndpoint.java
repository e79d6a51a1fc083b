package dev.sallyport.server.endpoint.resource;

import static dev.sallyport.server.response.Representation.Transform.NONE;

import dev.sallyport.api.Answer;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.AnswerEncoder;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.resources.registry.WatchPlan;
import dev.sallyport.resources.table.Tables;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.watch.TransformedFrames.Transform;
import dev.sallyport.server.endpoint.watch.WatchFrames;
import dev.sallyport.server.endpoint.watch.WatchSight;
import dev.sallyport.server.endpoint.watch.Watches;
import dev.sallyport.server.endpoint.websocket.WebSocketAnswer;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Negotiator;
import dev.sallyport.server.response.Representation;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.sight.Sighting;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** watch: what happens in a collection, until the client or the time ends it. */
public final class WatchEndpoint implements ResourceEndpoint {

  private static final Runnable NOTHING = () -> {};

  private final ResourceRegistry registry;
  private final Watches watches;
  private final ResponseWriter writer;
  private final Tables tables;
  private final Duration shortest;
  private final SeenCollections seen;

  /**
   * @param shortest a watch without a timeout of its own lasts between this and twice as long, so
   *     that clients do not all come back at once
   */
  public WatchEndpoint(
      ResourceRegistry registry,
      Watches watches,
      ResponseWriter writer,
      Tables tables,
      Duration shortest,
      SeenCollections seen) {
    this.registry = registry;
    this.watches = watches;
    this.writer = writer;
    this.tables = tables;
    this.shortest = shortest;
    this.seen = seen;
  }

  @Override
  public Answer<Response> answer(RequestContext context, ResourceCall call) {
    Representation form = Negotiator.STREAMS.choose(context.request().headers(), "false");
    boolean webSocket = WebSocketAnswer.wanted(context.request());
    boolean all = call.namespace().isEmpty();
    Sighting sighting = all ? seen.sighting(context) : null;
    Answer<Response.Streamed> watch =
        sighting == null
            ? registry.watch(call).map(plan -> whole(context, call, form, plan, all))
            : seen.watch(context, sighting, call)
                .map(
                    sighted ->
                        opened(context, call, form, sighted.plan(), sighted.sight(), NOTHING));
    return watch.map(
        streamed ->
            webSocket
                ? WebSocketAnswer.of(context.request(), streamed, form.format() == BodyFormat.JSON)
                : streamed);
  }

  /**
   * @param all whether of all namespaces
   */
  private Response.Streamed whole(
      RequestContext context, ResourceCall call, Representation form, WatchPlan plan, boolean all) {
    Runnable over = all ? seen.unaccounted(context) : NOTHING;
    try {
      return opened(context, call, form, plan, null, over);
    } catch (StatusException refused) {
      over.run();
      throw refused;
    }
  }

  private Response.Streamed opened(
      RequestContext context,
      ResourceCall call,
      Representation form,
      WatchPlan plan,
      @Nullable WatchSight sight,
      Runnable over) {
    return watches.open(
        context.user(),
        plan,
        sight,
        frames(context, call, form, plan),
        millis(plan),
        context.request().connection(),
        over);
  }

  private WatchFrames frames(
      RequestContext context, ResourceCall call, Representation form, WatchPlan plan) {
    BodyFormat format = form.format();
    AnswerEncoder encoder = format == BodyFormat.JSON ? null : writer.encoder(format);
    if (encoder != null && plan.custom() != null && form.transform() == NONE) {
      // Refuses a format that does not know the kind now, not at the first event.
      var unused = encoder.encode(plan.shaper().bookmark(plan.revision(), false));
    }
    return switch (form.transform()) {
      case NONE -> WatchFrames.of(format, encoder, plan.shaper());
      case TABLE -> WatchFrames.of(format, encoder, rows(context, call));
      case METADATA, METADATA_LIST -> WatchFrames.of(format, encoder, MetadataTransform.INSTANCE);
    };
  }

  private Transform rows(RequestContext context, ResourceCall call) {
    return new TableTransform(tables, call.resource().kind(), ObjectWriter.include(context));
  }

  private long millis(WatchPlan plan) {
    if (plan.timeoutSeconds() > 0) {
      return Duration.ofSeconds(plan.timeoutSeconds()).toMillis();
    }
    long base = Math.max(1000, shortest.toMillis());
    return base + ThreadLocalRandom.current().nextLong(base);
  }
}
