package dev.sallyport.resources.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.GroupVersionKind;

/**
 * A version's schema as it is published in OpenAPI documents. Any thread.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#publish-validation-schema-in-openapi">Publish
 *     validation schema in OpenAPI</a>
 */
public final class PublishedSchema {

  private static final String METADATA =
      "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

  private PublishedSchema() {}

  /**
   * The component of {@code /openapi/v3} that describes the kind: the schema as it was written,
   * with what every object has and nobody writes.
   *
   * @param openApiV3Schema as it stands in the definition; never changed
   */
  public static ObjectNode of(JsonNode openApiV3Schema, GroupVersionKind kind) {
    ObjectNode schema =
        openApiV3Schema instanceof ObjectNode given
            ? given.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    schema.put("type", "object");
    embedded(schema);
    identity(schema);
    schema
        .putArray("x-kubernetes-group-version-kind")
        .addObject()
        .put("group", kind.group())
        .put("kind", kind.kind())
        .put("version", kind.version());
    return schema;
  }

  /** Resources inside of the resource have an identity too. */
  private static void embedded(JsonNode schema) {
    for (JsonNode property : schema.path("properties")) {
      below(property);
    }
    below(schema.path("items"));
    below(schema.path("additionalProperties"));
  }

  private static void below(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      embedded(object);
      if (object.path("x-kubernetes-embedded-resource").asBoolean()) {
        identity(object);
      }
    }
  }

  private static void identity(ObjectNode schema) {
    ObjectNode properties = schema.withObjectProperty("properties");
    properties
        .putObject("apiVersion")
        .put("description", "The group and version in which this object is written.")
        .put("type", "string");
    properties
        .putObject("kind")
        .put("description", "What this object is, in CamelCase.")
        .put("type", "string");
    properties
        .putObject("metadata")
        .put(
            "description",
            "What every object carries: its name, labels, owners and the server's own marks.")
        .put("$ref", METADATA);
  }
}
