package dev.sallyport.server.endpoint.filtered;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Attributes;
import dev.sallyport.authz.ForbiddenMessage;
import dev.sallyport.server.chain.ClientMark;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.Route;
import dev.sallyport.server.sight.SightLedger;
import dev.sallyport.server.sight.Sighting;
import java.util.UUID;

/**
 * Who reads what, and how.
 *
 * @param sighting what is seen
 * @param ledger who was told what before
 * @param client which of the user's clients reads
 * @param attributes what is asked, for refusals
 * @param from the resourceVersion that is given, "" for none
 * @param anew whether a watch first tells all there is
 * @param initialEvents whether a bookmark ends that
 * @param continued whether it is a further page of a list
 * @param bareRows whether a Table's rows are to come without objects
 * @param upstream what refusals call whom it reads
 */
record ReadTerms(
    Sighting sighting,
    SightLedger ledger,
    UUID client,
    Attributes attributes,
    String from,
    boolean anew,
    boolean initialEvents,
    boolean continued,
    boolean bareRows,
    String upstream) {

  /** Bytes of one object or event. etcd keeps 1.5 MiB, and an object may stand in it twice. */
  static final int LARGEST = 16 << 20;

  static ReadTerms of(RequestContext context, Sighting sighting, SightLedger ledger) {
    String from = text(context, "resourceVersion");
    String initial = text(context, "sendInitialEvents");
    boolean initialEvents = initial.equals("true") || initial.equals("1");
    return new ReadTerms(
        sighting,
        ledger,
        ClientMark.of(context),
        new Attributes(context.user(), context.info()),
        from,
        initialEvents || from.isEmpty() || from.equals("0"),
        initialEvents,
        !text(context, "continue").isEmpty(),
        text(context, "includeObject").equals("None"),
        Route.upstreamOf(context.route()));
  }

  /** The moment of the account at which a list begins; 0 for one that may be old. */
  long moment() {
    return from.isEmpty() && !continued ? ledger.moment(sighting) : 0;
  }

  private static String text(RequestContext context, String parameter) {
    String value = context.query().first(parameter);
    return value == null ? "" : value;
  }

  /** What is left of a row where rows are to come without objects. */
  static void withoutObject(JsonNode row) {
    if (row instanceof ObjectNode object) {
      object.putNull("object");
    }
  }

  Refusal forbidden() {
    return Refusal.of(ForbiddenMessage.status(attributes, ""));
  }
}
