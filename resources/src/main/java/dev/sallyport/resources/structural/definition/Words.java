package dev.sallyport.resources.structural.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.structural.value.Causes;

/** Reads a schema's words, and puts faults into words. */
final class Words {

  private Words() {}

  /** A word's text, "" when it is not given. */
  static String text(JsonNode schema, String word) {
    return schema.path(word).asText();
  }

  static boolean isTrue(JsonNode schema, String word) {
    return schema.path(word).asBoolean();
  }

  /** Whether a word is given and not empty. */
  static boolean isGiven(JsonNode schema, String word) {
    JsonNode value = schema.path(word);
    return switch (value.getNodeType()) {
      case MISSING, NULL -> false;
      case STRING -> !value.textValue().isEmpty();
      case ARRAY, OBJECT -> !value.isEmpty();
      case BOOLEAN -> value.booleanValue();
      default -> true;
    };
  }

  static String property(String path, String name) {
    return path + ".properties[" + name + "]";
  }

  static StatusCause required(String field, String why) {
    return new StatusCause("FieldValueRequired", "Required value: " + why, field);
  }

  static StatusCause forbidden(String field, String why) {
    return new StatusCause("FieldValueForbidden", "Forbidden: " + why, field);
  }

  /** Required when it is not given at all, else invalid. */
  static StatusCause mustBe(String field, JsonNode schema, String word, String why) {
    return text(schema, word).isEmpty()
        ? required(field + "." + word, why)
        : Causes.invalid(field + "." + word, schema.path(word), why);
  }
}
