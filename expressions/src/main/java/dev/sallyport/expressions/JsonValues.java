package dev.sallyport.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as expressions see it: whole numbers are integers, all others doubles. */
public final class JsonValues {
  private JsonValues() {}

  /** A JSON value as a value of a variable. */
  public static Object of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> map(node);
      case ARRAY -> list(node);
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      default -> NullValue.NULL_VALUE;
    };
  }

  /** Null, as expressions see it. */
  public static Object nothing() {
    return NullValue.NULL_VALUE;
  }

  /** Bytes, as expressions see them. */
  public static Object bytes(byte[] bytes) {
    return CelByteString.of(bytes);
  }

  private static Object number(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    return node.doubleValue();
  }

  private static Map<String, Object> map(JsonNode node) {
    Map<String, Object> fields = new LinkedHashMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), of(field.getValue())));
    return fields;
  }

  private static List<Object> list(JsonNode node) {
    List<Object> items = new ArrayList<>(node.size());
    node.forEach(item -> items.add(of(item)));
    return items;
  }
}
