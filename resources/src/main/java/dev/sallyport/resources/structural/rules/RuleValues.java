package dev.sallyport.resources.structural.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.expressions.JsonValues;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import dev.sallyport.resources.structural.value.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as rules see them, by their schema. What is not declared is left out. */
final class RuleValues {

  private RuleValues() {}

  static Object of(JsonNode value, SchemaNode schema, boolean resource) {
    if (value.isNull() || schema.is(Trait.INT_OR_STRING) || schema.type() == null) {
      return JsonValues.of(value);
    }
    return switch (schema.type()) {
      case OBJECT -> value.isObject() ? object(value, schema, resource) : JsonValues.of(value);
      case ARRAY -> value.isArray() ? list(value, schema.items()) : JsonValues.of(value);
      case NUMBER -> value.isNumber() ? value.doubleValue() : JsonValues.of(value);
      case INTEGER -> value.isNumber() ? value.longValue() : JsonValues.of(value);
      case STRING -> value.isTextual() ? text(value.textValue(), schema) : JsonValues.of(value);
      case BOOLEAN -> JsonValues.of(value);
    };
  }

  private static List<Object> list(JsonNode list, @Nullable SchemaNode item) {
    List<Object> items = new ArrayList<>(list.size());
    for (JsonNode one : list) {
      items.add(
          item == null ? JsonValues.of(one) : of(one, item, item.is(Trait.EMBEDDED_RESOURCE)));
    }
    return items;
  }

  private static Map<String, Object> object(JsonNode object, SchemaNode schema, boolean resource) {
    Map<String, Object> fields = new LinkedHashMap<>();
    boolean map = schema.values() != null && !resource;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      SchemaNode member = schema.member(field.getKey());
      String name = map ? field.getKey() : PropertyNames.escaped(field.getKey());
      // A field that is null counts as one that is not there; a map's entry does not.
      boolean there = map || !field.getValue().isNull();
      if (member != null && name != null && there) {
        fields.put(name, of(field.getValue(), member, member.is(Trait.EMBEDDED_RESOURCE)));
      }
    }
    if (resource) {
      identity(object, fields);
    }
    return fields;
  }

  private static void identity(JsonNode object, Map<String, Object> fields) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    putText(object.path("metadata"), "name", metadata);
    putText(object.path("metadata"), "generateName", metadata);
    fields.put("metadata", metadata);
    putText(object, "kind", fields);
    putText(object, "apiVersion", fields);
  }

  private static void putText(JsonNode object, String name, Map<String, Object> fields) {
    if (object.path(name).isTextual()) {
      fields.put(name, object.path(name).textValue());
    }
  }

  private static Object text(String text, SchemaNode schema) {
    String format = schema.constraints() == null ? "" : schema.constraints().format();
    try {
      return switch (format) {
        case "byte" -> JsonValues.bytes(Base64.getMimeDecoder().decode(text));
        case "duration" -> Durations.parse(text);
        case "date" -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        case "date-time" -> instant(text);
        default -> text;
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      // Told by the check of its format; a rule that reads it fails.
      return text;
    }
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
  }
}
