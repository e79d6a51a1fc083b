package dev.sallyport.resources.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;

/**
 * Schemas of OpenAPI v3 in the words of v2. What v2 cannot say is left out: defaults, as
 * kube-apiserver leaves them out too, null, and alternatives, of which only the two known ones have
 * a form of their own: a whole number or a text, and a quantity.
 */
final class SwaggerSchemas {

  private static final String OLD = "#/components/schemas/";
  private static final String NEW = "#/definitions/";

  private static final Set<String> UNSPEAKABLE =
      Set.of("default", "nullable", "oneOf", "anyOf", "allOf", "not");

  private SwaggerSchemas() {}

  /** A schema, and what stands in it; the given one is not changed. */
  static ObjectNode of(JsonNode schema) {
    ObjectNode swagger = ((ObjectNode) schema).objectNode();
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      if (!UNSPEAKABLE.contains(member.getKey())) {
        swagger.set(member.getKey(), member(member.getKey(), member.getValue()));
      }
    }
    JsonNode parts = schema.path("allOf");
    if (parts.size() == 1 && parts.get(0).has("$ref")) {
      swagger.setAll(of(parts.get(0))); // v3 cannot describe a reference without this wrapping
    }
    if (schema.has("oneOf") && !schema.has("type")) {
      swagger.put("type", "string");
    }
    return swagger;
  }

  private static JsonNode member(String name, JsonNode value) {
    return switch (name) {
      case "$ref" -> TextNode.valueOf(value.textValue().replace(OLD, NEW));
      case "items" -> of(value);
      case "additionalProperties" -> value.isObject() ? of(value) : value;
      case "properties" -> each(value);
      default -> value;
    };
  }

  private static ObjectNode each(JsonNode properties) {
    ObjectNode swagger = ((ObjectNode) properties).objectNode();
    properties.properties().forEach(field -> swagger.set(field.getKey(), of(field.getValue())));
    return swagger;
  }
}
