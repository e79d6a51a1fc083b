package dev.sallyport.server.endpoint.filtered;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/**
 * Where an object stands, and nothing else of it.
 *
 * @param namespace "" at cluster scope
 * @param name "" when it has none
 */
record ObjectGlance(String namespace, String name) {

  private static final JsonFactory JSON = new JsonFactory();

  /** An element of {@code items}. */
  static ObjectGlance ofItem(byte[] json) throws UnreadableAnswer {
    return at(json, List.of("metadata"));
  }

  /** An element of a Table's {@code rows}. */
  static ObjectGlance ofRow(byte[] json) throws UnreadableAnswer {
    return at(json, List.of("object", "metadata"));
  }

  private static ObjectGlance at(byte[] json, List<String> way) throws UnreadableAnswer {
    Look look = new Look(way);
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        look.into(parser, 0);
      }
    } catch (IOException e) {
      throw new UnreadableAnswer("an object that is no JSON");
    }
    return new ObjectGlance(look.namespace, look.name);
  }

  /** One pass over an object. What stands there twice would be two objects to two readers. */
  private static final class Look {
    private final List<String> way;
    private final boolean[] seen;
    private String namespace = "";
    private String name = "";

    Look(List<String> way) {
      this.way = way;
      this.seen = new boolean[way.size()];
    }

    void into(JsonParser parser, int depth) throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (depth == way.size()) {
          keep(field, value, parser);
        } else if (field.equals(way.get(depth))) {
          if (seen[depth]) {
            throw new UnreadableAnswer("an object with two " + field);
          }
          seen[depth] = true;
          if (value == JsonToken.START_OBJECT) {
            into(parser, depth + 1);
            continue;
          }
        }
        parser.skipChildren();
      }
    }

    private void keep(String field, JsonToken value, JsonParser parser) throws IOException {
      if (value != JsonToken.VALUE_STRING) {
        return;
      }
      if (field.equals("name")) {
        name = only(name, parser.getText());
      } else if (field.equals("namespace")) {
        namespace = only(namespace, parser.getText());
      }
    }

    private static String only(String before, String now) throws UnreadableAnswer {
      if (!before.isEmpty()) {
        throw new UnreadableAnswer("an object with two names");
      }
      return now;
    }
  }
}
