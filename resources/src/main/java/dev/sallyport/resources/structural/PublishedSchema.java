package dev.sallyport.resources.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.GroupVersionKind;

/** A version's schema as it is published in OpenAPI documents. */
public final class PublishedSchema {

  private PublishedSchema() {}

  /**
   * The component of {@code /openapi/v3} that describes the kind.
   *
   * @param openApiV3Schema as it stands in the definition; never changed
   */
  public static ObjectNode of(JsonNode openApiV3Schema, GroupVersionKind kind) {
    return JsonNodeFactory.instance.objectNode();
  }
}
