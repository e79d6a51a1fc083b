package dev.sallyport.resources.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays a configuration over an object, and takes places out of one. Makes new trees. */
final class TreeMerge {

  private TreeMerge() {}

  /** The object with everything that the configuration says. */
  static JsonNode merge(@Nullable JsonNode live, JsonNode config, Typed type) {
    if (type.leaf()) {
      return config.deepCopy();
    }
    if (live instanceof ObjectNode below && config instanceof ObjectNode above) {
      ObjectNode result = below.deepCopy();
      for (Map.Entry<String, JsonNode> member : above.properties()) {
        String name = member.getKey();
        Typed inside = type.child(name).seen(member.getValue());
        result.set(name, merge(below.get(name), member.getValue(), inside));
      }
      return result;
    }
    if (live instanceof ArrayNode below && config instanceof ArrayNode above) {
      return mergeLists(below, above, type);
    }
    return config.deepCopy();
  }

  private static ArrayNode mergeLists(ArrayNode live, ArrayNode config, Typed type) {
    List<String> steps = new ArrayList<>();
    ArrayNode result = live.deepCopy();
    live.forEach(element -> steps.add(type.step(element)));
    for (JsonNode element : config) {
      int index = steps.indexOf(type.step(element));
      if (index < 0) {
        steps.add(type.step(element));
        result.add(element.deepCopy());
      } else {
        result.set(index, merge(result.get(index), element, type.child("").seen(element)));
      }
    }
    return result;
  }

  /** The object without the given places and whatever is in them. */
  static JsonNode without(JsonNode tree, FieldSet places, Typed type) {
    if (tree instanceof ObjectNode object) {
      ObjectNode result = object.objectNode();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        FieldSet below = places.at(FieldSteps.member(member.getKey()));
        if (below == null) {
          result.set(member.getKey(), member.getValue().deepCopy());
        } else if (!below.member()) {
          Typed inside = type.child(member.getKey()).seen(member.getValue());
          result.set(member.getKey(), without(member.getValue(), below, inside));
        }
      }
      return result;
    }
    if (tree instanceof ArrayNode array && !type.leaf()) {
      ArrayNode result = array.arrayNode();
      for (JsonNode element : array) {
        FieldSet below = places.at(type.step(element));
        if (below == null) {
          result.add(element.deepCopy());
        } else if (!below.member()) {
          result.add(without(element, below, type.child("").seen(element)));
        }
      }
      return result;
    }
    return tree.deepCopy();
  }
}
