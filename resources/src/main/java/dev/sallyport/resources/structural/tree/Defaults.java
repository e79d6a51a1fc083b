package dev.sallyport.resources.structural.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Defaults, and what becomes of null: where the schema does not allow it, the default takes its
 * place, and a field without one goes.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable">Defaulting
 *     and nullable</a>
 */
public final class Defaults {

  private Defaults() {}

  /** Removes the nulls that the schema neither allows nor replaces. */
  public static void dropNulls(JsonNode value, SchemaNode schema) {
    if (value instanceof ObjectNode object) {
      Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
      while (fields.hasNext()) {
        Map.Entry<String, JsonNode> field = fields.next();
        SchemaNode member = schema.member(field.getKey());
        if (member == null) {
          continue;
        }
        if (isNotAllowedNull(field.getValue(), member) && member.defaultValue() == null) {
          fields.remove();
        } else {
          dropNulls(field.getValue(), member);
        }
      }
    } else if (value.isArray() && schema.items() != null) {
      for (JsonNode item : value) {
        dropNulls(item, schema.items());
      }
    }
  }

  /** Sets what is not given, from the outside inwards, so that defaults complete each other. */
  public static void apply(JsonNode value, SchemaNode schema) {
    if (!schema.is(Trait.HAS_DEFAULTS)) {
      return;
    }
    if (value instanceof ObjectNode object) {
      ofProperties(object, schema);
      ofFields(object, schema);
    } else if (value instanceof ArrayNode array && schema.items() != null) {
      ofItems(array, schema.items());
    }
  }

  private static void ofProperties(ObjectNode object, SchemaNode schema) {
    schema
        .properties()
        .forEach(
            (name, property) -> {
              JsonNode preset = property.defaultValue();
              JsonNode given = object.get(name);
              if (preset != null && (given == null || isNotAllowedNull(given, property))) {
                object.set(name, preset.deepCopy());
              }
            });
  }

  private static void ofFields(ObjectNode object, SchemaNode schema) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      SchemaNode member = schema.member(field.getKey());
      if (member != null) {
        JsonNode preset = replacement(field.getValue(), member);
        if (preset != null) {
          field.setValue(preset);
        }
        apply(field.getValue(), member);
      }
    }
  }

  private static void ofItems(ArrayNode array, SchemaNode item) {
    for (int i = 0; i < array.size(); i++) {
      JsonNode preset = replacement(array.get(i), item);
      if (preset != null) {
        array.set(i, preset);
      }
      apply(array.get(i), item);
    }
  }

  private static @Nullable JsonNode replacement(JsonNode given, SchemaNode schema) {
    JsonNode preset = schema.defaultValue();
    return preset != null && isNotAllowedNull(given, schema) ? preset.deepCopy() : null;
  }

  private static boolean isNotAllowedNull(JsonNode value, SchemaNode schema) {
    return value.isNull() && !schema.is(Trait.NULLABLE);
  }
}
