package dev.sallyport.resources.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.ObjectSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges lists whose elements are matched: scalars by value, objects by one member.
 *
 * @param key the member by which objects are matched; "" for lists of scalars
 * @param element the elements' schema, or null when unknown
 */
record ListMerge(String key, @Nullable ObjectSchema element) {

  ArrayNode merge(ArrayNode current, ArrayNode patch, @Nullable ArrayNode order) {
    ArrayNode wanted = JsonNodeFactory.instance.arrayNode();
    List<JsonNode> result = elements(current);
    boolean replaced = false;
    for (JsonNode one : patch) {
      String directive = one.path(StructMerge.DIRECTIVE).asText();
      switch (directive) {
        case "" -> wanted.add(one);
        case "replace" -> replaced = true;
        case "delete" -> result.removeIf(there -> sameKey(there, keyOf(one)));
        case "merge" -> {
          ObjectNode plain = one.deepCopy();
          plain.remove(StructMerge.DIRECTIVE);
          wanted.add(plain);
        }
        default -> throw StructMerge.bad("unknown patch type found: " + directive);
      }
    }
    if (replaced) {
      result.clear();
    }
    for (JsonNode one : wanted) {
      mergeElement(result, one);
    }
    return inOrder(result, current, order);
  }

  private void mergeElement(List<JsonNode> result, JsonNode wanted) {
    int index = find(result, wanted);
    if (!(wanted instanceof ObjectNode object) || key.isEmpty()) {
      if (index < 0) {
        result.add(wanted.deepCopy());
      }
      return;
    }
    if (index < 0) {
      result.add(StructMerge.merge(JsonNodeFactory.instance.objectNode(), object, element));
    } else if (result.get(index) instanceof ObjectNode there) {
      result.set(index, StructMerge.merge(there, object, element));
    }
  }

  /**
   * Elements that the order names stand as it says; the others keep their place relative to the
   * ones they were stored with.
   */
  private ArrayNode inOrder(List<JsonNode> merged, ArrayNode stored, @Nullable ArrayNode order) {
    ArrayNode result = JsonNodeFactory.instance.arrayNode(merged.size());
    if (order == null) {
      return result.addAll(merged);
    }
    List<JsonNode> others = new ArrayList<>(merged);
    List<JsonNode> named = new ArrayList<>();
    for (JsonNode one : order) {
      int index = find(others, one);
      if (index >= 0) {
        named.add(others.remove(index));
      }
    }
    List<JsonNode> before = elements(stored);
    int next = 0;
    for (JsonNode other : others) {
      int place = find(before, other);
      while (next < named.size() && !standsBehind(before, named.get(next), place)) {
        result.add(named.get(next++));
      }
      result.add(other);
    }
    while (next < named.size()) {
      result.add(named.get(next++));
    }
    return result;
  }

  private boolean standsBehind(List<JsonNode> stored, JsonNode one, int place) {
    int index = find(stored, one);
    return index >= 0 && place >= 0 && place < index;
  }

  private int find(List<JsonNode> list, JsonNode wanted) {
    if (wanted.isObject() && !key.isEmpty()) {
      JsonNode value = keyOf(wanted);
      for (int i = 0; i < list.size(); i++) {
        if (sameKey(list.get(i), value)) {
          return i;
        }
      }
      return -1;
    }
    for (int i = 0; i < list.size(); i++) {
      if (JsonEquality.same(list.get(i), wanted)) {
        return i;
      }
    }
    return -1;
  }

  private boolean sameKey(JsonNode there, JsonNode value) {
    return JsonEquality.same(there.path(key), value);
  }

  private JsonNode keyOf(JsonNode object) {
    JsonNode value = object.get(key);
    if (value == null) {
      throw StructMerge.bad("map: " + object + " does not contain declared merge key: " + key);
    }
    return value;
  }

  static boolean contains(ArrayNode list, JsonNode wanted) {
    for (JsonNode one : list) {
      if (JsonEquality.same(one, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static List<JsonNode> elements(ArrayNode array) {
    List<JsonNode> elements = new ArrayList<>(array.size());
    array.forEach(elements::add);
    return elements;
  }
}
