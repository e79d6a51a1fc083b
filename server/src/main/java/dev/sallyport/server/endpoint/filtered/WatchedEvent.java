package dev.sallyport.server.endpoint.filtered;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.server.sight.SightLedger;
import dev.sallyport.server.sight.Sighting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of a watch, looked into.
 *
 * @param json all of it
 * @param metadata of its objects: one, or those of a Table's rows
 * @param table the object, if it is a Table
 */
record WatchedEvent(
    String type, JsonNode json, List<JsonNode> metadata, @Nullable ObjectNode table) {

  private static final String INITIAL_END = "k8s.io/initial-events-end";

  static WatchedEvent read(JsonMapper mapper, byte[] bytes) throws UnreadableAnswer {
    try {
      JsonNode json = mapper.readTree(bytes);
      JsonNode object = json.path("object");
      ObjectNode table = isTable(object) && object instanceof ObjectNode node ? node : null;
      List<JsonNode> metadata = new ArrayList<>(1);
      if (table == null) {
        metadata.add(object.path("metadata"));
      } else {
        table.path("rows").forEach(row -> metadata.add(row.path("object").path("metadata")));
      }
      return new WatchedEvent(json.path("type").asText(), json, metadata, table);
    } catch (IOException e) {
      throw new UnreadableAnswer("an event that is no JSON");
    }
  }

  private static boolean isTable(JsonNode object) {
    return object.path("kind").asText().equals("Table")
        && object.path("apiVersion").asText().startsWith("meta.k8s.io/");
  }

  /** Whether all its objects are seen; an event of nothing is not. */
  boolean seenBy(Sighting sighting) {
    boolean seen = !metadata.isEmpty();
    for (JsonNode each : metadata) {
      String name = each.path("name").asText();
      seen &= !name.isEmpty() && sighting.sees(each.path("namespace").asText(), name);
    }
    return seen;
  }

  /** The resourceVersion that the client goes on from after it. */
  long revision() {
    long revision = SightLedger.UNKNOWN;
    for (JsonNode each : metadata) {
      revision = Math.max(revision, revision(each));
    }
    return revision != SightLedger.UNKNOWN || table == null
        ? revision
        : revision(table.path("metadata"));
  }

  private static long revision(JsonNode metadata) {
    return SightLedger.revision(metadata.path("resourceVersion").asText());
  }

  /** Whether it is the bookmark behind the initial events. */
  boolean endsInitialEvents() {
    boolean ends = table != null && ends(table.path("metadata"));
    for (JsonNode each : metadata) {
      ends |= ends(each);
    }
    return ends;
  }

  private static boolean ends(JsonNode metadata) {
    return metadata.path("annotations").path(INITIAL_END).asText().equals("true");
  }
}
