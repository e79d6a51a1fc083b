package dev.sallyport.resources.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.FieldSchema;
import dev.sallyport.resources.ObjectSchema;
import dev.sallyport.resources.StructSchema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Spells the steps of field sets. */
final class FieldSteps {

  private static final JsonMapper MAPPER = new JsonMapper();

  private FieldSteps() {}

  static String member(String name) {
    return "f:" + name;
  }

  static String value(JsonNode value) {
    return "v:" + value;
  }

  /** An element by its keys, in alphabetical order; an absent key counts with its default. */
  static String keys(JsonNode element, List<String> keys, @Nullable ObjectSchema schema) {
    Map<String, JsonNode> values = new TreeMap<>();
    for (String key : keys) {
      JsonNode value = element.get(key);
      if (value == null && schema instanceof StructSchema struct) {
        FieldSchema field = struct.field(key);
        value = field == null ? null : field.defaultValue();
      }
      if (value != null && !value.isNull()) {
        values.put(key, value);
      }
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    values.forEach(json::set);
    return "k:" + json;
  }

  /** A step as people read it: .name, [name="x"] or [=1]. */
  static String shown(String step) {
    String rest = step.substring(2);
    return switch (step.charAt(0)) {
      case 'k' -> shownKeys(rest);
      case 'v' -> "[=" + rest + "]";
      case 'i' -> "[" + rest + "]";
      default -> "." + rest;
    };
  }

  private static String shownKeys(String json) {
    try {
      StringBuilder text = new StringBuilder("[");
      for (Map.Entry<String, JsonNode> key : MAPPER.readTree(json).properties()) {
        text.append(text.length() == 1 ? "" : ",").append(key.getKey()).append('=');
        text.append(key.getValue());
      }
      return text.append(']').toString();
    } catch (JsonProcessingException e) {
      return "[" + json + "]";
    }
  }
}
