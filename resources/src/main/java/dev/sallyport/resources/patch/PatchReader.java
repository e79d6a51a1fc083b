package dev.sallyport.resources.patch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Reads the JSON of patches, within limits. */
final class PatchReader {

  /** Bodies are bounded before they come here; nesting is what could still hurt. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(1000)
                          .maxNumberLength(1000)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PatchReader() {}

  static JsonNode read(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node == null || node.isMissingNode()) {
        throw undecodable("unexpected end of JSON input");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw undecodable(e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode readObject(byte[] body) {
    JsonNode node = read(body);
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw undecodable(
        "json: cannot unmarshal " + kind(node) + " into Go value of type map[string]interface {}");
  }

  static StatusException undecodable(String why) {
    return new StatusException(Status.badRequest("error decoding patch: " + why));
  }

  static String kind(JsonNode node) {
    JsonNodeType type = node.getNodeType();
    return type == JsonNodeType.BOOLEAN ? "bool" : type.name().toLowerCase(Locale.ROOT);
  }
}
