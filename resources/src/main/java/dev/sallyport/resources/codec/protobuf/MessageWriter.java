package dev.sallyport.resources.codec.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.codec.canonical.Times;
import dev.sallyport.resources.codec.json.JsonOutput;
import dev.sallyport.resources.codec.protobuf.MessageLayout.Field;
import dev.sallyport.resources.codec.protobuf.MessageLayout.Shape;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;

/** Writes trees as messages, by layout. */
final class MessageWriter {

  private final Layouts layouts;

  MessageWriter(Layouts layouts) {
    this.layouts = layouts;
  }

  void message(WireWriter out, MessageLayout layout, JsonNode object) {
    for (Field field : layout.fields()) {
      MessageLayout embedded = field.embedded();
      if (embedded != null) {
        embedded(out, field.number(), embedded, object);
      } else {
        JsonNode value = object.get(field.name());
        if (value != null) {
          field(out, field, value);
        }
      }
    }
  }

  private void embedded(WireWriter out, int number, MessageLayout layout, JsonNode object) {
    int before = out.size();
    int start = out.begin(number);
    message(out, layout, object);
    if (out.size() == start) {
      out.truncate(before);
    } else {
      out.end(start);
    }
  }

  void field(WireWriter out, Field field, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    if (field.shape() == Shape.LIST) {
      for (JsonNode element : value) {
        value(out, field.number(), field.element(), element);
      }
    } else if (field.shape() == Shape.MAP) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        int start = out.begin(field.number());
        out.text(1, entry.getKey());
        value(out, 2, field.element(), entry.getValue());
        out.end(start);
      }
    } else {
      value(out, field.number(), field.element(), value);
    }
  }

  /** One value with its tag; a null inside a list or map is written as what it stands for. */
  void value(WireWriter out, int number, String type, JsonNode value) {
    if (type.length() > 1) {
      int start = out.begin(number);
      if (type.charAt(0) == '[') {
        // A list inside a map is a message of its own, with the list as its only field.
        value.forEach(element -> value(out, 1, type.substring(1), element));
      } else {
        message(out, layouts.ofType(type), value);
      }
      out.end(start);
      return;
    }
    switch (type.charAt(0)) {
      case 's' -> out.text(number, value.asText());
      case 'y' -> out.bytes(number, Base64.getDecoder().decode(value.asText("")));
      case 'b' -> varint(out, number, value.asBoolean() ? 1 : 0);
      case 'i', 'l' -> varint(out, number, value.asLong());
      case 'd' -> {
        out.tag(number, WireWriter.FIXED64);
        out.fixed64(Double.doubleToLongBits(value.asDouble()));
      }
      default -> special(out, number, type.charAt(0), value);
    }
  }

  private static void varint(WireWriter out, int number, long value) {
    out.tag(number, WireWriter.VARINT);
    out.varint(value);
  }

  /** The types that are messages in protobuf and plain values in JSON. */
  private void special(WireWriter out, int number, char type, JsonNode value) {
    int start = out.begin(number);
    switch (type) {
      case 't', 'm' -> time(out, value, type == 'm');
      case 'q' -> out.text(1, value.asText());
      case 'x' -> integerOrString(out, value);
      case 'a' -> out.bytes(1, JsonOutput.value(value));
      case 'u', 'v', 'w' -> schemaOr(out, type, value);
      default -> throw new IllegalStateException("schemas.txt: type " + type);
    }
    out.end(start);
  }

  private static void time(WireWriter out, JsonNode value, boolean micro) {
    if (value.isTextual()) {
      OffsetDateTime time = Times.parse(value.asText(), micro);
      varint(out, 1, time.toEpochSecond());
      varint(out, 2, time.getNano());
    }
  }

  private static void integerOrString(WireWriter out, JsonNode value) {
    varint(out, 1, value.isTextual() ? 1 : 0);
    varint(out, 2, value.isTextual() ? 0 : value.asLong());
    out.text(3, value.isTextual() ? value.asText() : "");
  }

  /** A JSON schema, or what else may stand in its place: schemas, a boolean, names. */
  private void schemaOr(WireWriter out, char type, JsonNode value) {
    int schema = type == 'v' ? 2 : 1;
    if (type == 'v') {
      varint(out, 1, value.isObject() || value.asBoolean() ? 1 : 0);
    }
    if (value.isObject()) {
      value(out, schema, Layouts.JSON_SCHEMA, value);
    } else if (value.isArray()) {
      for (JsonNode element : value) {
        value(out, 2, type == 'u' ? Layouts.JSON_SCHEMA : "s", element);
      }
    }
  }
}
