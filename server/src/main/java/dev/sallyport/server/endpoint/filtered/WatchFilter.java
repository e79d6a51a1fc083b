package dev.sallyport.server.endpoint.filtered;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.server.sight.SightLedger;
import dev.sallyport.server.sight.Sighting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A watch, event by event, under one sight for all its life: when that changes, it ends with 410,
 * and the client begins anew from a list.
 */
final class WatchFilter implements ReadFilter {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private final ReadTerms terms;
  private final EventPieces pieces;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Sighting sighting;
  private SightLedger.@Nullable Place place;
  private @Nullable JsonNode columns;
  private long begun;
  private boolean described;
  private boolean over;
  private boolean closed;

  WatchFilter(ReadTerms terms) {
    this.terms = terms;
    this.sighting = terms.sighting();
    this.pieces = new EventPieces(ReadTerms.LARGEST, this::event);
  }

  @Override
  public @Nullable Refusal begin() {
    Sighting now = sighting.current() ? sighting : sighting.renewed();
    if (now == null) {
      return terms.forbidden();
    }
    sighting = now;
    begun = terms.moment();
    if (terms.anew()) {
      return null;
    }
    long revision = SightLedger.revision(terms.from());
    place =
        revision == SightLedger.UNKNOWN
            ? null
            : terms.ledger().watching(sighting, revision, false, terms.client(), begun);
    return place == null
        ? Refusal.event(
            expired(
                "too old resource version: "
                    + terms.from()
                    + " (what its user may see has changed, or it is not known here)"))
        : null;
  }

  private static Status expired(String message) {
    return new Status(410, Reason.EXPIRED, message, null);
  }

  @Override
  public @Nullable Refusal answered() {
    return same() ? null : Refusal.event(changed());
  }

  private static Status changed() {
    return expired("the objects that the user may see have changed");
  }

  /** Whether what is seen now is what was seen when it began. */
  private boolean same() {
    if (sighting.current()) {
      return true;
    }
    Sighting now = sighting.renewed();
    if (now == null || !now.sight().equals(sighting.sight())) {
      return false;
    }
    sighting = now;
    return true;
  }

  @Override
  public void sightChanged() {
    if (!over && !same()) {
      out.writeBytes(Refusal.frame(changed()));
      over = true;
    }
  }

  @Override
  public void take(byte[] piece) throws UnreadableAnswer {
    pieces.take(piece);
  }

  private void event(byte[] json) throws UnreadableAnswer {
    sightChanged();
    if (!over) {
      event(json, WatchedEvent.read(JSON, json));
    }
  }

  private void event(byte[] json, WatchedEvent event) throws UnreadableAnswer {
    switch (event.type()) {
      case "ADDED", "MODIFIED", "DELETED" -> {
        if (sighting.granted() || event.seenBy(sighting)) {
          tell(json, event);
          told(event.revision());
        } else {
          remember(event);
        }
      }
      case "BOOKMARK" -> {
        tell(json, event);
        bookmarked(event);
      }
      case "ERROR" -> tell(json);
      default -> throw new UnreadableAnswer("an event of an unknown type");
    }
  }

  /** What the client was told, it may come back with. */
  private void told(long revision) {
    if (revision == SightLedger.UNKNOWN) {
      return;
    }
    SightLedger.Place known = place;
    if (known != null) {
      known.toldOfAny(revision);
    } else if (!terms.initialEvents()) {
      place = terms.ledger().begun(sighting, revision);
    } // else the bookmark behind the initial events says from where it goes on
  }

  private void bookmarked(WatchedEvent event) {
    long revision = event.revision();
    if (place == null && event.endsInitialEvents() && revision != SightLedger.UNKNOWN) {
      place = terms.ledger().watching(sighting, revision, true, terms.client(), begun);
    } else {
      told(revision);
    }
  }

  private void tell(byte[] json, WatchedEvent event) throws UnreadableAnswer {
    ObjectNode table = event.table();
    if (table == null || (!terms.bareRows() && !lacksColumns(table))) {
      described |= table != null;
      tell(json);
      return;
    }
    if (lacksColumns(table)) {
      table.set("columnDefinitions", columns);
    }
    described = true;
    if (terms.bareRows()) {
      table.path("rows").forEach(ReadTerms::withoutObject);
    }
    try {
      tell(JSON.writeValueAsBytes(event.json()));
    } catch (IOException e) {
      throw new UnreadableAnswer("an event that cannot be written");
    }
  }

  /** The columns come with the first event only, and the client may not have seen that. */
  private boolean lacksColumns(ObjectNode table) {
    return !described && columns != null && table.path("columnDefinitions").isEmpty();
  }

  private void remember(WatchedEvent event) {
    ObjectNode table = event.table();
    if (table != null && !table.path("columnDefinitions").isEmpty()) {
      columns = table.path("columnDefinitions");
    }
  }

  private void tell(byte[] json) {
    out.writeBytes(json);
    out.write('\n');
  }

  @Override
  public void end() {
    pieces.end();
  }

  @Override
  public byte[] told() {
    byte[] told = out.toByteArray();
    out.reset();
    return told;
  }

  @Override
  public boolean over() {
    return over;
  }

  @Override
  public void close() {
    SightLedger.Place known = place;
    if (known != null && !closed) {
      closed = true;
      known.close();
    }
  }
}
