package dev.sallyport.resources.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.codec.canonical.Problems;
import dev.sallyport.resources.codec.json.JsonInput;
import java.io.IOException;

/** Reads a body without a schema, as it stands; members that come twice are told. */
final class FreeTree {

  private final JsonParser parser;
  private final Problems problems;

  FreeTree(JsonParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** The whole value, from the parser's next token on. */
  JsonNode read() throws IOException {
    parser.nextToken();
    return value("");
  }

  private JsonNode value(String path) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> array(path);
      default -> JsonInput.tree(parser);
    };
  }

  private ObjectNode object(String path) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String place = path.isEmpty() ? name : path + "." + name;
      parser.nextToken();
      JsonNode value = value(place);
      if (object.has(name)) {
        problems.add("duplicate field \"" + place + "\"");
      }
      object.set(name, value);
    }
    return object;
  }

  private ArrayNode array(String path) throws IOException {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(path + "[" + array.size() + "]"));
    }
    return array;
  }
}
