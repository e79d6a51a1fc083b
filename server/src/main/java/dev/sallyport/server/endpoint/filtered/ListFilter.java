package dev.sallyport.server.endpoint.filtered;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.server.sight.SightLedger;
import dev.sallyport.server.sight.Sighting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list or Table, element by element. It is read under one sight; what goes out of sight while it
 * is read is left out too, and then it is no list to watch from.
 */
final class ListFilter implements ReadFilter, ListPieces.Reader {

  private static final Set<String> MEMBERS =
      Set.of("kind", "apiVersion", "metadata", "columnDefinitions");
  private static final JsonMapper JSON = new JsonMapper();

  private final ReadTerms terms;
  private final ListPieces pieces;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Sighting sighting;
  private @Nullable Sighting latest;
  private long begun;
  private boolean changed;
  private long revision = SightLedger.UNKNOWN;
  private boolean members;
  private boolean elements;
  private boolean rows;

  ListFilter(ReadTerms terms) {
    this.terms = terms;
    this.sighting = terms.sighting();
    this.latest = sighting;
    this.pieces = new ListPieces(ReadTerms.LARGEST, this);
  }

  @Override
  public @Nullable Refusal begin() {
    begun = terms.moment();
    return settle();
  }

  @Override
  public @Nullable Refusal answered() {
    return settle(); // nothing is told yet, so today's sight is as good
  }

  private @Nullable Refusal settle() {
    Sighting now = sighting.current() ? sighting : sighting.renewed();
    if (now == null) {
      return terms.forbidden();
    }
    sighting = now;
    latest = now;
    return null;
  }

  @Override
  public void take(byte[] piece) throws UnreadableAnswer {
    pieces.take(piece);
  }

  @Override
  public void member(String name, byte[] json) throws UnreadableAnswer {
    if (name.equals("metadata")) {
      write(name, metadata(json));
    } else if (MEMBERS.contains(name) || nothing(json)) {
      write(name, json);
    } // what else there may be, nobody knows whose it is
  }

  private static boolean nothing(byte[] json) {
    return new String(json, StandardCharsets.UTF_8).equals("null");
  }

  private byte[] metadata(byte[] json) throws UnreadableAnswer {
    try {
      JsonNode read = JSON.readTree(json);
      revision = SightLedger.revision(read.path("resourceVersion").asText());
      if (read instanceof ObjectNode metadata) {
        metadata.remove("remainingItemCount"); // of all there is, not of what is seen
        JsonNode more = metadata.path("continue");
        if (more.isTextual() && !more.asText().isEmpty()) {
          metadata.put("continue", PageSeal.seal(terms.attributes().user().name(), more.asText()));
        }
      }
      return JSON.writeValueAsBytes(read);
    } catch (IOException e) {
      throw new UnreadableAnswer("a list without readable metadata");
    }
  }

  private void write(String name, byte[] json) {
    out.writeBytes((members ? ",\"" : "{\"").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes((name + "\":").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(json);
    members = true;
  }

  @Override
  public void opened(String name) {
    write(name, new byte[] {'['});
    rows = name.equals("rows");
    elements = false;
  }

  @Override
  public void element(byte[] json) throws UnreadableAnswer {
    if (sighting.granted() || sees(rows ? ObjectGlance.ofRow(json) : ObjectGlance.ofItem(json))) {
      if (elements) {
        out.write(',');
      }
      out.writeBytes(rows && terms.bareRows() ? bare(json) : json);
      elements = true;
    }
  }

  /** By the sight the list is read under, and by today's. */
  private boolean sees(ObjectGlance object) {
    Sighting now = now();
    return now != null
        && !object.name().isEmpty()
        && sighting.sees(object.namespace(), object.name())
        && now.sees(object.namespace(), object.name());
  }

  private @Nullable Sighting now() {
    Sighting now = latest;
    if (now != null && !now.current()) {
      now = now.renewed();
      latest = now;
    }
    changed |= now == null || !now.sight().equals(sighting.sight());
    return now;
  }

  private static byte[] bare(byte[] row) throws UnreadableAnswer {
    try {
      JsonNode read = JSON.readTree(row);
      ReadTerms.withoutObject(read);
      return JSON.writeValueAsBytes(read);
    } catch (IOException e) {
      throw new UnreadableAnswer("a row that is no JSON");
    }
  }

  @Override
  public void closed() {
    out.write(']');
  }

  @Override
  public void ended() {
    if (!members) {
      out.write('{');
    }
    out.writeBytes("}\n".getBytes(StandardCharsets.US_ASCII));
    if (revision == SightLedger.UNKNOWN) {
      return;
    }
    var unused = now();
    if (changed) {
      terms.ledger().doubted(sighting, revision);
    } else if (terms.continued()) {
      terms.ledger().continued(sighting, revision, terms.client());
    } else {
      terms.ledger().listed(sighting, revision, terms.client(), begun);
    }
  }

  @Override
  public void end() throws UnreadableAnswer {
    pieces.end();
  }

  @Override
  public void sightChanged() {}

  @Override
  public byte[] told() {
    byte[] told = out.toByteArray();
    out.reset();
    return told;
  }

  @Override
  public boolean over() {
    return false;
  }

  @Override
  public void close() {}
}
