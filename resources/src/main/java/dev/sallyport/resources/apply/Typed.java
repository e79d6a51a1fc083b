package dev.sallyport.resources.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.FieldSchema;
import dev.sallyport.resources.ListSchema;
import dev.sallyport.resources.MapSchema;
import dev.sallyport.resources.MergeRule;
import dev.sallyport.resources.ObjectSchema;
import dev.sallyport.resources.ScalarSchema;
import dev.sallyport.resources.StructSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a value is to field sets: a leaf, or something with places inside.
 *
 * @param schema null for a value of no known type: a leaf
 * @param rule how the field that holds it is merged
 */
record Typed(@Nullable ObjectSchema schema, MergeRule rule) {

  private static final MapSchema UNTYPED_OBJECT = new MapSchema(ScalarSchema.UNTYPED);

  static Typed root(StructSchema schema) {
    return new Typed(schema, MergeRule.DEFAULT);
  }

  /** What it is for that value: where nothing is declared, an object is a map. */
  Typed seen(JsonNode value) {
    return schema == ScalarSchema.UNTYPED && value.isObject()
        ? new Typed(UNTYPED_OBJECT, rule)
        : this;
  }

  /** Whether it is owned as a whole. */
  boolean leaf() {
    if (schema instanceof StructSchema || schema instanceof MapSchema) {
      return rule.mapType().equals("atomic");
    }
    if (schema instanceof ListSchema) {
      return !rule.listType().equals("set") && !rule.listType().equals("map");
    }
    return true;
  }

  /** Whether the places inside are named by the type, not by the object. */
  boolean struct() {
    return schema instanceof StructSchema;
  }

  /** The type of what stands at a member, or of any element. */
  Typed child(String name) {
    if (schema instanceof StructSchema struct) {
      FieldSchema field = struct.field(name);
      return field == null
          ? new Typed(null, MergeRule.DEFAULT)
          : new Typed(field.schema(), field.merge());
    }
    if (schema instanceof MapSchema map) {
      return new Typed(map.value(), MergeRule.DEFAULT);
    }
    return new Typed(schema instanceof ListSchema list ? list.element() : null, MergeRule.DEFAULT);
  }

  /** The step that names an element of a list of this type. */
  String step(JsonNode element) {
    return rule.listType().equals("map") && element.isObject()
        ? FieldSteps.keys(element, rule.listMapKeys(), child("").schema())
        : FieldSteps.value(element);
  }

  /** What stands inside, by step; empty for an empty or absent value, and for a null. */
  Map<String, Inside> inside(@Nullable JsonNode value) {
    Map<String, Inside> inside = new LinkedHashMap<>();
    if (value instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        inside.put(
            FieldSteps.member(member.getKey()),
            new Inside(member.getValue(), child(member.getKey()).seen(member.getValue())));
      }
    } else if (value instanceof ArrayNode array) {
      Typed element = child("");
      for (JsonNode one : array) {
        inside.putIfAbsent(step(one), new Inside(one, element.seen(one)));
      }
    }
    return inside;
  }

  /** A value inside another. */
  record Inside(JsonNode value, Typed type) {}
}
