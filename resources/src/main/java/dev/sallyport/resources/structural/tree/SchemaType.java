package dev.sallyport.resources.structural.tree;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The types of OpenAPI that a schema may name. */
public enum SchemaType {
  OBJECT("object"),
  ARRAY("array"),
  STRING("string"),
  INTEGER("integer"),
  NUMBER("number"),
  BOOLEAN("boolean");

  private final String word;

  SchemaType(String word) {
    this.word = word;
  }

  /** As it stands in schemas and messages. */
  public String word() {
    return word;
  }

  /** Null for the empty word and for any other. */
  public static @Nullable SchemaType of(String word) {
    for (SchemaType type : values()) {
      if (type.word.equals(word)) {
        return type;
      }
    }
    return null;
  }

  /** A value's type in messages; null has one of its own. */
  public static String wordOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      default -> "null";
    };
  }
}
