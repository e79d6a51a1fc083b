package dev.sallyport.resources.codec.canonical;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.FieldSchema;
import dev.sallyport.resources.ListSchema;
import dev.sallyport.resources.MapSchema;
import dev.sallyport.resources.ObjectSchema;
import dev.sallyport.resources.ScalarSchema;
import dev.sallyport.resources.StructSchema;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value by its schema. Used once, by one thread. What cannot be read is a {@link
 * DecodeFailure}; unknown and doubled fields are dropped and told to the {@link Problems}.
 */
public final class Canonicalizer {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final Problems problems;
  private final Trail trail = new Trail();
  private final ScalarReader scalars;

  public Canonicalizer(JsonParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
    this.scalars = new ScalarReader(parser, trail);
  }

  /**
   * Reads an object from the parser's next token on; null counts as an empty one.
   *
   * @throws IOException when the parser meets what is no JSON
   */
  public ObjectNode read(StructSchema schema) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return ZeroValues.struct(schema);
    }
    if (token != JsonToken.START_OBJECT) {
      throw new DecodeFailure(
          "json: cannot unmarshal "
              + ScalarReader.word(token)
              + " into Go value of type "
              + GoNames.type(schema));
    }
    return struct(schema);
  }

  /** The value at the current token; Java's null for a JSON null, which leaves a zero value. */
  private @Nullable JsonNode value(ObjectSchema schema) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (schema instanceof ScalarSchema scalar) {
      return scalars.read(scalar);
    }
    if (schema instanceof ListSchema list) {
      return token == JsonToken.START_ARRAY ? list(list) : scalars.mismatch(schema);
    }
    if (token != JsonToken.START_OBJECT) {
      return scalars.mismatch(schema);
    }
    return schema instanceof MapSchema map ? map(map) : struct((StructSchema) schema);
  }

  private ObjectNode struct(StructSchema schema) throws IOException {
    trail.enterStruct(GoNames.struct(schema));
    Map<String, @Nullable JsonNode> given = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      FieldSchema field = schema.field(name);
      if (field == null) {
        problems.add("unknown field \"" + trail.path(name) + "\"");
        parser.skipChildren();
      } else {
        if (given.containsKey(name)) {
          problems.add("duplicate field \"" + trail.path(name) + "\"");
        }
        trail.field(name);
        given.put(name, value(field.schema()));
        trail.leave();
      }
    }
    trail.leaveStruct();
    return inOrder(schema, given);
  }

  private static ObjectNode inOrder(
      StructSchema schema, Map<String, ? extends @Nullable JsonNode> given) {
    ObjectNode object = NODES.objectNode();
    for (FieldSchema field : schema.fields()) {
      JsonNode written = ZeroValues.written(field, given.get(field.name()));
      if (written != null) {
        object.set(field.name(), written);
      }
    }
    return object;
  }

  private ObjectNode map(MapSchema schema) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      ScalarReader.checkText(name);
      parser.nextToken();
      if (object.has(name)) {
        problems.add("duplicate field \"" + trail.path(name) + "\"");
      }
      trail.key(name);
      JsonNode value = value(schema.value());
      object.set(name, value == null ? ZeroValues.of(schema.value()) : value);
      trail.leave();
    }
    return object;
  }

  private ArrayNode list(ListSchema schema) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      trail.index(array.size());
      JsonNode value = value(schema.element());
      array.add(value == null ? ZeroValues.of(schema.element()) : value);
      trail.leave();
    }
    return array;
  }

  /** What Go's types hold when nothing was given, and which of it they write. */
  private static final class ZeroValues {

    static ObjectNode struct(StructSchema schema) {
      return inOrder(schema, Map.of());
    }

    static JsonNode of(ObjectSchema schema) {
      if (schema instanceof StructSchema struct) {
        return struct(struct);
      }
      if (schema instanceof ScalarSchema scalar) {
        return switch (scalar) {
          case STRING -> NODES.textNode("");
          case BOOLEAN -> NODES.booleanNode(false);
          case INT32, INT64, DOUBLE, INT_OR_STRING -> NODES.numberNode(0);
          case QUANTITY -> NODES.textNode("0");
          case BYTES, TIME, MICRO_TIME, ANY, UNTYPED -> NullNode.instance;
        };
      }
      return NullNode.instance;
    }

    /** The value as the field writes it, or Java's null when it leaves it out. */
    static @Nullable JsonNode written(FieldSchema field, @Nullable JsonNode given) {
      return switch (field.presence()) {
        case ALWAYS -> given == null ? of(field.schema()) : given;
        case ALWAYS_OR_NULL -> given == null ? NullNode.instance : given;
        case UNLESS_EMPTY -> given == null || isEmpty(given) ? null : given;
        case WHEN_SET -> given;
      };
    }

    private static boolean isEmpty(JsonNode value) {
      return switch (value.getNodeType()) {
        case ARRAY, OBJECT -> value.isEmpty();
        case STRING -> value.textValue().isEmpty();
        case NUMBER -> value.doubleValue() == 0;
        case BOOLEAN -> !value.booleanValue();
        default -> false;
      };
    }
  }
}
