package dev.sallyport.resources.kinds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** JSON inside a text, such as an annotation's. */
public final class JsonText {

  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonText() {}

  /** The value, or a missing node when the text is no JSON. */
  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
