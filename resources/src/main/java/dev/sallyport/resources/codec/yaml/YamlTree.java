package dev.sallyport.resources.codec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.codec.canonical.DecodeFailure;
import dev.sallyport.resources.codec.json.JsonInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/**
 * Builds a tree of a parser's events. Aliases share their anchor's tree, but every use is counted
 * as if it were written out, so that a small text cannot stand for a huge one.
 */
final class YamlTree {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** As many values as a body of the largest size could hold if it spelled them all. */
  private static final int MOST_NODES = JsonInput.MAX_BYTES / 2;

  private static final int MOST_PROBLEMS = 100;

  private static final String MERGE_KEY = "<<";

  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private final Set<Anchor> open = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private long nodes;
  private long chars;
  private int depth;

  private record Anchored(JsonNode value, long nodes, long chars) {}

  YamlTree(Iterator<Event> events) {
    this.events = events;
  }

  List<String> problems() {
    return problems;
  }

  /** The first document's value, or a missing node when there is no document. */
  JsonNode document() {
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent node) {
        return value(node);
      }
    }
    return MissingNode.getInstance();
  }

  private JsonNode value(NodeEvent event) {
    count(1, 0);
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    Anchor anchor = event.getAnchor().orElse(null);
    long nodesBefore = nodes;
    long charsBefore = chars;
    if (anchor != null) {
      open.add(anchor);
    }
    JsonNode value = content(event);
    if (anchor != null) {
      open.remove(anchor);
      anchors.put(anchor, new Anchored(value, nodes - nodesBefore, chars - charsBefore));
    }
    return value;
  }

  private JsonNode aliased(AliasEvent alias) {
    Anchor name = alias.getAlias();
    if (open.contains(name)) {
      throw failure("anchor '" + name + "' value contains itself");
    }
    Anchored anchored = anchors.get(name);
    if (anchored == null) {
      throw failure("unknown anchor '" + name + "' referenced");
    }
    count(anchored.nodes(), anchored.chars());
    return anchored.value();
  }

  private void count(long moreNodes, long moreChars) {
    nodes += moreNodes;
    chars += moreChars;
    if (nodes > MOST_NODES || chars > JsonInput.MAX_BYTES) {
      throw failure("document contains excessive aliasing");
    }
  }

  private JsonNode content(NodeEvent event) {
    if (event instanceof ScalarEvent scalar) {
      count(0, scalar.getValue().length());
      return YamlScalars.value(scalar);
    }
    depth++;
    if (depth > JsonInput.MAX_DEPTH) {
      throw failure("exceeded max depth of " + JsonInput.MAX_DEPTH);
    }
    JsonNode value =
        event instanceof MappingStartEvent mapping
            ? mapping(mapping)
            : sequence((SequenceStartEvent) event);
    depth--;
    return value;
  }

  private ArrayNode sequence(SequenceStartEvent start) {
    YamlScalars.checkTag(start.getTag().orElse(null), "seq");
    ArrayNode array = NODES.arrayNode();
    while (events.next() instanceof NodeEvent element) {
      array.add(value(element));
    }
    return array;
  }

  private ObjectNode mapping(MappingStartEvent start) {
    YamlScalars.checkTag(start.getTag().orElse(null), "map");
    ObjectNode object = NODES.objectNode();
    JsonNode merged = null;
    while (events.next() instanceof NodeEvent key) {
      String name = key(key);
      boolean merge =
          name.equals(MERGE_KEY) && key instanceof ScalarEvent scalar && scalar.isPlain();
      int line = key.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
      JsonNode value = value((NodeEvent) events.next());
      if (merge) {
        merged = value;
      } else if (object.replace(name, value) != null && problems.size() < MOST_PROBLEMS) {
        problems.add("line " + line + ": key \"" + name + "\" already set in map");
      }
    }
    merge(object, merged);
    return object;
  }

  private String key(NodeEvent event) {
    boolean single = event instanceof ScalarEvent || event instanceof AliasEvent;
    JsonNode key = single ? value(event) : MissingNode.getInstance();
    if (!key.isValueNode() || key.isNull()) {
      throw failure("invalid map key");
    }
    return key.asText();
  }

  /** Takes over from the merged maps what the object does not say itself; earlier ones win. */
  private void merge(ObjectNode object, @Nullable JsonNode merged) {
    if (merged instanceof ObjectNode source) {
      for (Map.Entry<String, JsonNode> member : source.properties()) {
        object.putIfAbsent(member.getKey(), member.getValue());
      }
    } else if (merged instanceof ArrayNode sources) {
      sources.forEach(source -> merge(object, source));
    } else if (merged != null) {
      throw failure("map merge requires map or sequence of maps as the value");
    }
  }

  static DecodeFailure failure(String problem) {
    return new DecodeFailure("error converting YAML to JSON: yaml: " + problem);
  }
}
