package dev.sallyport.resources.structural.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which item of a list before an update became which one of the list after it: of a map by its
 * keys, of a set and an atomic list none. For one thread.
 */
public final class OldItems {
  private final SchemaNode list;
  private final @Nullable JsonNode old;
  private @Nullable Map<List<JsonNode>, JsonNode> byKeys;

  /**
   * @param list the list's schema
   * @param old the list before, null when nothing is known of it
   */
  public OldItems(SchemaNode list, @Nullable JsonNode old) {
    this.list = list;
    this.old = old != null && old.isArray() ? old : null;
  }

  /** What the item was before; null for a new one and where nobody can say. */
  public @Nullable JsonNode of(int index, JsonNode item) {
    if (old == null) {
      return null;
    }
    return switch (list.listType()) {
      case "map" -> byKeys(item);
      case "" -> old.get(index);
      default -> null;
    };
  }

  /** As {@link #of}, but never by place: the place in a list says nothing of what the item was. */
  public @Nullable JsonNode byKeys(JsonNode item) {
    if (old == null || !list.listType().equals("map")) {
      return null;
    }
    Map<List<JsonNode>, JsonNode> index = byKeys;
    if (index == null) {
      index = new HashMap<>();
      for (JsonNode one : old) {
        index.putIfAbsent(keys(one), one);
      }
      byKeys = index;
    }
    return index.get(keys(item));
  }

  private List<JsonNode> keys(JsonNode item) {
    List<JsonNode> keys = new ArrayList<>(list.listKeys().size());
    for (String key : list.listKeys()) {
      JsonNode value = item.get(key);
      keys.add(value == null ? MissingNode.getInstance() : value);
    }
    return keys;
  }
}
