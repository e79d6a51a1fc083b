package dev.sallyport.resources.structural.value;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.structural.tree.Constraints;
import dev.sallyport.resources.structural.tree.Place;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import dev.sallyport.resources.structural.tree.SchemaType;
import org.jspecify.annotations.Nullable;

/** Whether a value is of its schema's type. */
final class TypeCheck {

  private TypeCheck() {}

  static void check(SchemaNode schema, JsonNode value, Place place, Outcome outcome) {
    boolean intOrString = schema.is(Trait.INT_OR_STRING);
    SchemaType type = schema.type();
    if (type == null && !intOrString) {
      return;
    }
    String expected = intOrString ? "integer,string" : type == null ? "" : type.word();
    if (value.isNull()) {
      if (!schema.is(Trait.NULLABLE)) {
        refuse(place, expected, "null", outcome);
      }
      return;
    }
    Constraints constraints = schema.constraints();
    String format = constraints == null ? "" : constraints.format();
    boolean fits = fits(value, type, intOrString);
    if (fits || isLeftToItsFormat(value, type, format)) {
      outcome.matched();
    } else if (format.isEmpty() || value.isTextual() || value.isArray()) {
      refuse(place, expected, SchemaType.wordOf(value), outcome);
    } else {
      refuse(place, format, wordOfNumber(value), outcome);
    }
    outcome.matched();
  }

  private static boolean fits(JsonNode value, @Nullable SchemaType type, boolean intOrString) {
    if (intOrString) {
      return value.isTextual() || isWhole(value);
    }
    return type == null
        || switch (type) {
          case OBJECT -> value.isObject();
          case ARRAY -> value.isArray();
          case STRING -> value.isTextual();
          case BOOLEAN -> value.isBoolean();
          case NUMBER -> value.isNumber();
          case INTEGER -> isWhole(value);
        };
  }

  /** A list where a formatted text is asked for passes for one, as the real one lets it. */
  private static boolean isLeftToItsFormat(
      JsonNode value, @Nullable SchemaType type, String format) {
    return !format.isEmpty()
        && value.isArray()
        && type != SchemaType.NUMBER
        && type != SchemaType.INTEGER;
  }

  private static boolean isWhole(JsonNode value) {
    return value.isIntegralNumber()
        || (value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue()));
  }

  private static String wordOfNumber(JsonNode value) {
    return value.isIntegralNumber() ? "int64" : value.isNumber() ? "float64" : "";
  }

  private static void refuse(Place place, String expected, String actual, Outcome outcome) {
    String path = place.path();
    outcome.add(
        Causes.wrongType(
            path, actual, path + " in body must be of type " + expected + ": \"" + actual + "\""));
  }
}
