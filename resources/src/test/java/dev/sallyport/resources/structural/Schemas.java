package dev.sallyport.resources.structural;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.validation.Faults;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Schemas and objects of tests, written with single quotes. */
public final class Schemas {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private Schemas() {}

  /** JSON, laxly written. */
  public static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  public static ObjectNode object(String text) {
    return (ObjectNode) json(text);
  }

  /** A root schema whose one property is spec. */
  public static StructuralSchema ofSpec(String spec) {
    return StructuralSchema.of(json("{type: 'object', properties: {spec: " + spec + "}}"));
  }

  /** An object with that spec. */
  public static ObjectNode withSpec(String spec) {
    return (ObjectNode)
        MAPPER
            .createObjectNode()
            .put("apiVersion", "x.example/v1")
            .put("kind", "Widget")
            .set("spec", json(spec));
  }

  /** What is wrong with an object of that spec, a line for each fault. */
  public static List<String> faults(StructuralSchema schema, String spec) {
    return faults(schema, withSpec(spec), null);
  }

  /** What is wrong with an update. */
  public static List<String> faults(
      StructuralSchema schema, ObjectNode object, @Nullable ObjectNode old) {
    Faults faults = new Faults();
    schema.validate(object, old, faults);
    return faults.causes().stream().map(StatusCause::line).toList();
  }
}
