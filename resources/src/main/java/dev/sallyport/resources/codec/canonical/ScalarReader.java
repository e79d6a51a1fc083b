package dev.sallyport.resources.codec.canonical;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.ObjectSchema;
import dev.sallyport.resources.ScalarSchema;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads values without a schema inside, at the parser's current token. */
final class ScalarReader {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Above it, Go writes a float with an exponent. */
  private static final double LARGEST_PLAIN = 1e15;

  private final JsonParser parser;
  private final Trail trail;

  ScalarReader(JsonParser parser, Trail trail) {
    this.parser = parser;
    this.trail = trail;
  }

  @Nullable JsonNode read(ScalarSchema schema) throws IOException {
    return switch (schema) {
      case STRING -> NODES.textNode(text(schema));
      case BOOLEAN -> bool();
      case INT32 -> NODES.numberNode((int) integer(schema, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case INT64 -> number(integer(schema, Long.MIN_VALUE, Long.MAX_VALUE));
      case DOUBLE -> real();
      case BYTES -> NODES.textNode(Base64Text.canonical(text(schema)));
      case TIME -> time(false);
      case MICRO_TIME -> time(true);
      case QUANTITY -> quantity();
      case INT_OR_STRING -> integerOrString();
      case ANY, UNTYPED -> any();
    };
  }

  private String text(ObjectSchema schema) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw mismatchAs(word(parser.currentToken()), schema);
    }
    return checkText(parser.getText());
  }

  private JsonNode bool() {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> throw mismatchAs(word(parser.currentToken()), ScalarSchema.BOOLEAN);
    };
  }

  private long integer(ObjectSchema schema, long least, long most) throws IOException {
    JsonToken token = parser.currentToken();
    if (!token.isNumeric()) {
      throw mismatchAs(word(token), schema);
    }
    if (token == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long value = parser.getLongValue();
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw mismatchAs("number " + parser.getText(), schema);
  }

  private JsonNode real() throws IOException {
    JsonToken token = parser.currentToken();
    if (!token.isNumeric()) {
      throw mismatchAs(word(token), ScalarSchema.DOUBLE);
    }
    double value = parser.getDoubleValue();
    if (Double.isInfinite(value)) {
      throw mismatchAs("number " + parser.getText(), ScalarSchema.DOUBLE);
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN;
    return whole ? number((long) value) : NODES.numberNode(new BigDecimal(Double.toString(value)));
  }

  /** The node that reading the same number from stored JSON gives, so that objects compare. */
  private static JsonNode number(long value) {
    return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
  }

  private JsonNode time(boolean micro) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw valueMismatch("string");
    }
    return NODES.textNode(Times.canonical(parser.getText(), micro));
  }

  private @Nullable JsonNode quantity() throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
      // Go's decoder hands the raw text of whatever stands there to the quantity's parser.
      return NODES.textNode(Quantities.canonical(token.isStructStart() ? "{" : parser.getText()));
    }
    return NODES.textNode(Quantities.canonical(parser.getText().strip()));
  }

  private JsonNode integerOrString() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return NODES.textNode(checkText(parser.getText()));
    }
    if (!token.isNumeric()) {
      throw valueMismatch("int32");
    }
    return NODES.numberNode(
        (int) integer(ScalarSchema.INT32, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  /** Any JSON, as it stands; numbers keep all their digits. */
  private @Nullable JsonNode any() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = checkText(parser.currentName());
          parser.nextToken();
          object.set(name, any());
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(any());
        }
        yield array;
      }
      case VALUE_STRING -> NODES.textNode(checkText(parser.getText()));
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NUMBER_INT -> wholeNumber();
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(decimal());
      default -> NullNode.instance;
    };
  }

  private JsonNode wholeNumber() throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? NODES.numberNode(parser.getBigIntegerValue())
        : number(parser.getLongValue());
  }

  private BigDecimal decimal() throws IOException {
    return parser.getDecimalValue();
  }

  /** Refuses the value at the current token, which is not what the schema says. */
  JsonNode mismatch(ObjectSchema schema) {
    throw mismatchAs(word(parser.currentToken()), schema);
  }

  private DecodeFailure mismatchAs(String found, ObjectSchema schema) {
    return new DecodeFailure(
        "json: cannot unmarshal "
            + found
            + " into Go struct field "
            + trail.goField()
            + " of type "
            + GoNames.type(schema));
  }

  private DecodeFailure valueMismatch(String goType) {
    return new DecodeFailure(
        "json: cannot unmarshal "
            + word(parser.currentToken())
            + " into Go value of type "
            + goType);
  }

  /** What a token is called in Go's messages. */
  static String word(@Nullable JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "object";
      case START_ARRAY -> "array";
      case VALUE_STRING -> "string";
      case VALUE_TRUE, VALUE_FALSE -> "bool";
      case VALUE_NULL -> "null";
      default -> "number";
    };
  }

  /** Refuses half of a surrogate pair, which no UTF-8 can carry. */
  static String checkText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new DecodeFailure("invalid surrogate pair in string");
        }
        i++;
      }
    }
    return text;
  }
}
