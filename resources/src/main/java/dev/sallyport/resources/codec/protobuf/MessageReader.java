package dev.sallyport.resources.codec.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.codec.canonical.DecodeFailure;
import dev.sallyport.resources.codec.canonical.Times;
import dev.sallyport.resources.codec.json.JsonInput;
import dev.sallyport.resources.codec.protobuf.MessageLayout.Field;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads messages as trees, by layout. Fields that are not in it are passed over. */
final class MessageReader {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** No kind but JSON schemas is deep, and those are refused long before they are so deep. */
  private static final int MAX_DEPTH = 200;

  private final Layouts layouts;
  private int depth;

  MessageReader(Layouts layouts) {
    this.layouts = layouts;
  }

  ObjectNode message(WireReader in, MessageLayout layout) {
    ObjectNode object = NODES.objectNode();
    into(object, in, layout);
    return object;
  }

  private void into(ObjectNode object, WireReader in, MessageLayout layout) {
    depth++;
    if (depth > MAX_DEPTH) {
      throw new DecodeFailure("exceeded max depth");
    }
    while (in.hasMore()) {
      Field field = layout.number(in.number());
      if (field == null) {
        in.skip();
      } else {
        field(object, in, field);
      }
    }
    depth--;
  }

  private void field(ObjectNode object, WireReader in, Field field) {
    MessageLayout embedded = field.embedded();
    if (embedded != null) {
      in.expect(WireWriter.BYTES, "embedded");
      into(object, in.nested(), embedded);
      return;
    }
    switch (field.shape()) {
      case LIST -> list(object.withArray(field.name()), in, field);
      case MAP -> {
        in.expect(WireWriter.BYTES, field.name());
        entry(child(object, field.name()), in.nested(), field);
      }
      default -> {
        JsonNode value = value(in, field.element(), field.name());
        if (value != null) {
          object.set(field.name(), value);
        }
      }
    }
  }

  private static ObjectNode child(ObjectNode object, String name) {
    if (object.get(name) instanceof ObjectNode existing) {
      return existing;
    }
    return object.putObject(name);
  }

  private void list(ArrayNode array, WireReader in, Field field) {
    boolean numbers = field.element().equals("i") || field.element().equals("l");
    if (numbers && in.wireType() == WireWriter.BYTES) {
      WireReader packed = in.nested();
      while (packed.hasMore()) {
        array.add(NODES.numberNode(packed.varint()));
      }
      return;
    }
    JsonNode value = value(in, field.element(), field.name());
    array.add(value == null ? NullNode.instance : value);
  }

  private void entry(ObjectNode map, WireReader in, Field field) {
    String key = "";
    JsonNode value = null;
    while (in.hasMore()) {
      switch (in.number()) {
        case 1 -> {
          in.expect(WireWriter.BYTES, field.name());
          key = in.text();
        }
        case 2 -> value = value(in, field.element(), field.name());
        default -> in.skip();
      }
    }
    map.set(key, value == null ? NullNode.instance : value);
  }

  /** The value at the reader; Java's null for a time that is not set. */
  private @Nullable JsonNode value(WireReader in, String type, String name) {
    if (type.length() > 1) {
      in.expect(WireWriter.BYTES, name);
      return type.charAt(0) == '['
          ? wrapped(in.nested(), type.substring(1), name)
          : message(in.nested(), layouts.ofType(type));
    }
    return switch (type.charAt(0)) {
      case 'b' -> NODES.booleanNode(varint(in, name) != 0);
      case 'i' -> NODES.numberNode((int) varint(in, name));
      case 'l' -> NODES.numberNode(varint(in, name));
      case 'd' -> {
        in.expect(WireWriter.FIXED64, name);
        yield NODES.numberNode(Double.longBitsToDouble(in.fixed64()));
      }
      default -> {
        in.expect(WireWriter.BYTES, name);
        yield lengthDelimited(in, type.charAt(0), name);
      }
    };
  }

  private static long varint(WireReader in, String name) {
    in.expect(WireWriter.VARINT, name);
    return in.varint();
  }

  private JsonNode wrapped(WireReader in, String element, String name) {
    ArrayNode array = NODES.arrayNode();
    while (in.hasMore()) {
      if (in.number() == 1) {
        JsonNode value = value(in, element, name);
        array.add(value == null ? NullNode.instance : value);
      } else {
        in.skip();
      }
    }
    return array;
  }

  private @Nullable JsonNode lengthDelimited(WireReader in, char type, String name) {
    return switch (type) {
      case 's' -> NODES.textNode(in.text());
      case 'y' -> NODES.textNode(Base64.getEncoder().encodeToString(in.nested().rest()));
      case 't' -> time(in.nested(), name, false);
      case 'm' -> time(in.nested(), name, true);
      case 'q' -> NODES.textNode(only(in.nested(), name));
      case 'x' -> integerOrString(in.nested(), name);
      case 'a' -> any(in.nested());
      case 'u', 'v', 'w' -> schemaOr(in.nested(), type, name);
      default -> throw new IllegalStateException("schemas.txt: type " + type);
    };
  }

  private static @Nullable JsonNode time(WireReader in, String name, boolean micro) {
    if (in.isEmpty()) {
      return null;
    }
    long seconds = 0;
    long nanos = 0;
    while (in.hasMore()) {
      switch (in.number()) {
        case 1 -> seconds = varint(in, name);
        case 2 -> nanos = varint(in, name);
        default -> in.skip();
      }
    }
    return NODES.textNode(Times.ofEpoch(seconds, (int) nanos, micro));
  }

  private static String only(WireReader in, String name) {
    String text = "0";
    while (in.hasMore()) {
      if (in.number() == 1) {
        in.expect(WireWriter.BYTES, name);
        text = in.text();
      } else {
        in.skip();
      }
    }
    return text;
  }

  private static JsonNode integerOrString(WireReader in, String name) {
    long type = 0;
    long number = 0;
    String text = "";
    while (in.hasMore()) {
      switch (in.number()) {
        case 1 -> type = varint(in, name);
        case 2 -> number = varint(in, name);
        case 3 -> {
          in.expect(WireWriter.BYTES, name);
          text = in.text();
        }
        default -> in.skip();
      }
    }
    return type == 0 ? NODES.numberNode((int) number) : NODES.textNode(text);
  }

  private static @Nullable JsonNode any(WireReader in) {
    byte[] raw = {};
    while (in.hasMore()) {
      if (in.number() == 1) {
        in.expect(WireWriter.BYTES, "raw");
        raw = in.nested().rest();
      } else {
        in.skip();
      }
    }
    return raw.length == 0 ? null : JsonInput.tree(raw);
  }

  private JsonNode schemaOr(WireReader in, char type, String name) {
    JsonNode schema = null;
    ArrayNode list = NODES.arrayNode();
    boolean allows = false;
    MessageLayout layout = layouts.ofType(Layouts.JSON_SCHEMA);
    while (in.hasMore()) {
      int number = in.number();
      if (type == 'v' && number == 1) {
        allows = varint(in, name) != 0;
      } else if (number == (type == 'v' ? 2 : 1)) {
        in.expect(WireWriter.BYTES, name);
        schema = message(in.nested(), layout);
      } else if (number == 2) {
        in.expect(WireWriter.BYTES, name);
        list.add(type == 'u' ? message(in.nested(), layout) : NODES.textNode(in.text()));
      } else {
        in.skip();
      }
    }
    return schema != null ? schema : type == 'v' ? NODES.booleanNode(allows) : list;
  }
}
