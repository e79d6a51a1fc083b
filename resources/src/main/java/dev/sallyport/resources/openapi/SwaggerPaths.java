package dev.sallyport.resources.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Paths and operations of OpenAPI v3 in the form of v2. */
final class SwaggerPaths {

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch");

  private SwaggerPaths() {}

  /** What can be done at one path; the given one is not changed. */
  static ObjectNode of(JsonNode path) {
    ObjectNode swagger = ((ObjectNode) path).objectNode();
    for (Map.Entry<String, JsonNode> member : path.properties()) {
      if (METHODS.contains(member.getKey())) {
        swagger.set(member.getKey(), operation((ObjectNode) member.getValue()));
      } else if (member.getKey().equals("parameters")) {
        swagger.set("parameters", parameters(member.getValue(), swagger.arrayNode()));
      } else {
        swagger.set(member.getKey(), member.getValue());
      }
    }
    return swagger;
  }

  private static ObjectNode operation(ObjectNode operation) {
    ObjectNode swagger = operation.deepCopy();
    JsonNode body = swagger.remove("requestBody");
    ArrayNode given = swagger.arrayNode();
    if (body != null) {
      types(body).forEach(swagger.putArray("consumes")::add);
      ObjectNode parameter = given.addObject().put("in", "body").put("name", "body");
      if (body.path("required").asBoolean()) {
        parameter.put("required", true);
      }
      parameter.set("schema", schema(body));
    }
    parameters(operation.path("parameters"), given);
    if (!given.isEmpty()) {
      swagger.set("parameters", given);
    }
    swagger.set("responses", responses(swagger, operation.path("responses")));
    swagger.putArray("schemes").add("https");
    return swagger;
  }

  private static ArrayNode parameters(JsonNode parameters, ArrayNode swagger) {
    for (JsonNode parameter : parameters) {
      ObjectNode plain = parameter.deepCopy();
      JsonNode schema = plain.remove("schema");
      if (schema != null) {
        plain.setAll(SwaggerSchemas.of(schema));
      }
      swagger.add(plain);
    }
    return swagger;
  }

  private static ObjectNode responses(ObjectNode operation, JsonNode responses) {
    ObjectNode swagger = operation.objectNode();
    Set<String> produced = new TreeSet<>();
    for (Map.Entry<String, JsonNode> response : responses.properties()) {
      ObjectNode one = swagger.putObject(response.getKey());
      one.put("description", meaning(response.getKey()));
      produced.addAll(types(response.getValue()));
      if (!types(response.getValue()).isEmpty()) {
        one.set("schema", schema(response.getValue()));
      }
    }
    if (!produced.isEmpty()) {
      produced.forEach(operation.putArray("produces")::add);
    }
    return swagger;
  }

  private static Set<String> types(JsonNode described) {
    Set<String> types = new TreeSet<>();
    described.path("content").fieldNames().forEachRemaining(types::add);
    return types;
  }

  /** All media types of one body have the same schema here. */
  private static JsonNode schema(JsonNode described) {
    JsonNode first = described.path("content").elements().next().path("schema");
    return first.isObject() ? SwaggerSchemas.of(first) : first;
  }

  private static String meaning(String status) {
    return switch (status) {
      case "200" -> "OK";
      case "201" -> "Created";
      case "202" -> "Accepted";
      case "401" -> "Unauthorized";
      default -> "Status " + status;
    };
  }
}
