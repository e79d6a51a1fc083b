package dev.sallyport.server.endpoint.filtered;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.proxy.ProxyEndpoint;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.sight.Sighting;
import dev.sallyport.server.sight.Sightings;
import org.jspecify.annotations.Nullable;

/**
 * Answers lists and watches of all namespaces with what their user may see, and hands everything
 * else on. The upstream is asked with our own credential then, for it would refuse the user. Who
 * may see everything is handed on too, unless the same user's clients may have seen less: then what
 * is told is entered in the same account, and a watch goes on only from what was told whole.
 */
public final class FilteredReads implements Endpoint {

  private final Endpoint whole;
  private final Upstream byCaller;
  private final Upstream byUs;
  private final Sightings sightings;
  private final OpenReads open;
  private final boolean cluster;

  /**
   * @param whole answers what is not filtered
   * @param byCaller the upstream, asked on the caller's behalf
   * @param byUs the upstream, asked on nobody's
   * @param cluster whether its answers never send a client elsewhere
   */
  public FilteredReads(
      Endpoint whole,
      Upstream byCaller,
      Upstream byUs,
      Sightings sightings,
      OpenReads open,
      boolean cluster) {
    this.whole = whole;
    this.byCaller = byCaller;
    this.byUs = byUs;
    this.sightings = sightings;
    this.open = open;
    this.cluster = cluster;
  }

  @Override
  public Answer<Response> answer(RequestContext asked) {
    RequestContext context = OpenedPage.of(asked);
    Sighting part = context.sighting();
    Sighting sighting = part == null ? sightings.beside(context.user(), context.info()) : part;
    if (sighting == null) {
      return unaccounted(context);
    }
    Status fault = fault(context);
    String accept = JsonAccept.of(context.request().headers());
    if (fault != null || accept == null) {
      if (part == null) {
        return whole.answer(context);
      }
      throw new StatusException(fault == null ? notAcceptable() : fault);
    }
    ReadTerms terms = ReadTerms.of(context, sighting, sightings.ledger());
    Upstream upstream =
        new FilteredUpstream(sighting.granted() ? byCaller : byUs, terms, open, accept);
    return new ProxyEndpoint(upstream, cluster).answer(context);
  }

  private Answer<Response> unaccounted(RequestContext context) {
    Runnable over = sightings.unaccounted(context.user(), context.info());
    if (over == null) {
      return whole.answer(context);
    }
    return UnaccountedAnswer.of(context, whole.answer(context), over);
  }

  private static @Nullable Status fault(RequestContext context) {
    if (context.request().headers().first("upgrade") != null) {
      return Status.badRequest("a filtered watch is no WebSocket (expected: no Upgrade)");
    }
    return context.request().method().equals("GET")
            && context.request().body().declaredLength() == 0
        ? null
        : Status.badRequest("only GET without a body can be answered with what the user may see");
  }

  private static Status notAcceptable() {
    return new Status(
        406,
        Reason.NOT_ACCEPTABLE,
        "only the following media types are accepted: application/json",
        null);
  }
}
