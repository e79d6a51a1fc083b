package dev.sallyport.resources.codec.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.codec.canonical.DecodeFailure;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads JSON from strangers: limits are set, and refusals speak as Go's decoder does. */
public final class JsonInput {

  /** A request body's largest size, and so what anything may grow to when it is taken apart. */
  public static final int MAX_BYTES = 3 * 1024 * 1024;

  /** Go allows 10,000; no schema comes near either, and stacks stay small. */
  public static final int MAX_DEPTH = 1_000;

  private static final int MAX_NUMBER_CHARS = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxStringLength(MAX_BYTES)
                  .maxNameLength(MAX_BYTES)
                  .build())
          // A table of names shared by all requests is what strangers could fill or make collide.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final ObjectMapper MAPPER =
      new ObjectMapper(FACTORY).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private JsonInput() {}

  public static JsonParser parser(byte[] json) throws IOException {
    return FACTORY.createParser(json);
  }

  /** Reads JSON that was written here. */
  public static ObjectNode trusted(byte[] json) {
    try {
      return (ObjectNode) MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The kind of JSON that was written here: read no further than to both members, which stand
   * first.
   */
  public static GroupVersionKind trustedKind(byte[] json) {
    String apiVersion = "";
    String kind = "";
    try (JsonParser parser = parser(json)) {
      parser.nextToken();
      while ((apiVersion.isEmpty() || kind.isEmpty())
          && parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "apiVersion" -> apiVersion = parser.getText();
          case "kind" -> kind = parser.getText();
          default -> parser.skipChildren();
        }
      }
      return GroupVersionKind.of(apiVersion, kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value at the parser's current token. */
  public static JsonNode tree(JsonParser parser) throws IOException {
    return MAPPER.readTree(parser);
  }

  /**
   * Reads JSON that stands inside something else.
   *
   * @throws DecodeFailure when it is no JSON
   */
  public static JsonNode tree(byte[] json) {
    Utf8.check(json);
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw GoSyntax.failure(json);
    }
  }

  /**
   * Reads all of it, to find whether it is well formed and what kind it names.
   *
   * @return group, version and kind, each "" where absent
   * @throws DecodeFailure when it is no JSON, or names its kind by anything but strings
   */
  public static GroupVersionKind kind(byte[] json) {
    Utf8.check(json);
    try (JsonParser parser = parser(json)) {
      GroupVersionKind kind = kind(parser);
      if (parser.nextToken() != null) {
        throw GoSyntax.failure(json);
      }
      return kind;
    } catch (JsonProcessingException e) {
      throw GoSyntax.failure(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same of a value whose tokens come from elsewhere. */
  public static GroupVersionKind kind(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    String apiVersion = "";
    String kind = "";
    if (first == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "apiVersion" -> apiVersion = typeMember(parser, name, apiVersion);
          case "kind" -> kind = typeMember(parser, name, kind);
          default -> parser.skipChildren();
        }
      }
    } else if (first == null) {
      throw GoSyntax.unexpectedEnd();
    } else if (first != JsonToken.VALUE_NULL) {
      throw notAnObject(first);
    }
    return GroupVersionKind.of(apiVersion, kind);
  }

  private static String typeMember(JsonParser parser, String name, String before)
      throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    if (token == JsonToken.VALUE_NULL) {
      return before;
    }
    throw new DecodeFailure(
        "json: cannot unmarshal "
            + word(token)
            + " into Go struct field ."
            + name
            + " of type string");
  }

  private static DecodeFailure notAnObject(JsonToken token) {
    return new DecodeFailure(
        "json: cannot unmarshal "
            + word(token)
            + " into Go value of type struct { APIVersion string"
            + " \"json:\\\"apiVersion,omitempty\\\"\"; Kind string"
            + " \"json:\\\"kind,omitempty\\\"\" }");
  }

  private static String word(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "object";
      case START_ARRAY -> "array";
      case VALUE_STRING -> "string";
      case VALUE_TRUE, VALUE_FALSE -> "bool";
      default -> "number";
    };
  }
}
