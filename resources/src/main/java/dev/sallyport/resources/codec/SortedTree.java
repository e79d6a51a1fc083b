package dev.sallyport.resources.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Objects without an order of their own, as custom ones: their members stand by name. */
public final class SortedTree {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SortedTree() {}

  /** An object of a custom kind in canonical order; its metadata keeps the one it has. */
  public static ObjectNode of(ObjectNode object) {
    ObjectNode sorted = NODES.objectNode();
    for (Map.Entry<String, JsonNode> member : byName(object).entrySet()) {
      String name = member.getKey();
      sorted.set(name, name.equals("metadata") ? member.getValue() : value(member.getValue()));
    }
    return sorted;
  }

  private static JsonNode value(JsonNode value) {
    if (value instanceof ObjectNode object) {
      ObjectNode sorted = NODES.objectNode();
      byName(object).forEach((name, member) -> sorted.set(name, value(member)));
      return sorted;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode sorted = NODES.arrayNode(array.size());
      array.forEach(element -> sorted.add(value(element)));
      return sorted;
    }
    return value;
  }

  private static Map<String, JsonNode> byName(ObjectNode object) {
    Map<String, JsonNode> members = new TreeMap<>();
    object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    return members;
  }
}
