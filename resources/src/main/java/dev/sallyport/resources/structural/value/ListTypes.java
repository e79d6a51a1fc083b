package dev.sallyport.resources.structural.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.structural.tree.Place;
import dev.sallyport.resources.structural.tree.SchemaNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether lists of type set and map hold nothing twice. Used once.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy">Merge
 *     strategy</a>
 */
public final class ListTypes {
  private final Place place = new Place();
  private final List<StatusCause> causes = new ArrayList<>();

  private ListTypes() {}

  public static List<StatusCause> check(SchemaNode schema, JsonNode object) {
    ListTypes walk = new ListTypes();
    walk.value(schema, object);
    return walk.causes;
  }

  private void value(SchemaNode schema, JsonNode value) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        SchemaNode property = schema.properties().get(field.getKey());
        SchemaNode member = property == null ? schema.values() : property;
        if (member != null && field.getValue().isContainerNode()) {
          int mark = property == null ? place.key(field.getKey()) : place.field(field.getKey());
          value(member, field.getValue());
          place.back(mark);
        }
      }
    } else if (value.isArray()) {
      list(schema, value);
    }
  }

  private void list(SchemaNode schema, JsonNode list) {
    if (schema.listType().equals("set")) {
      duplicates(items(list));
    } else if (schema.listType().equals("map")) {
      map(schema, list);
    }
    if (schema.items() == null) {
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      int mark = place.index(i);
      value(schema.items(), list.get(i));
      place.back(mark);
    }
  }

  private static List<JsonNode> items(JsonNode list) {
    List<JsonNode> items = new ArrayList<>(list.size());
    list.forEach(items::add);
    return items;
  }

  private void map(SchemaNode schema, JsonNode list) {
    List<JsonNode> keys = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      if (!item.isNull() && !item.isObject()) {
        causes.add(
            Causes.invalid(path(i), item, "must be an object for an array of list-type map"));
        return;
      }
      keys.add(keys(schema, item));
    }
    duplicates(keys);
  }

  /** An item's keys with their values; those that it does not have are left out. */
  private static ObjectNode keys(SchemaNode schema, JsonNode item) {
    ObjectNode keys = JsonNodeFactory.instance.objectNode();
    for (String key : schema.listKeys()) {
      JsonNode value = item.get(key);
      if (value != null) {
        keys.set(key, value);
      }
    }
    return keys;
  }

  /** Each value that stands there more than once is told once, at its second place. */
  private void duplicates(List<? extends JsonNode> values) {
    Map<JsonNode, Integer> seen = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      if (seen.merge(values.get(i), 1, Integer::sum) == 2) {
        causes.add(Causes.duplicate(path(i), values.get(i)));
      }
    }
  }

  private String path(int index) {
    return place.path() + "[" + index + "]";
  }
}
