package dev.sallyport.resources.structural;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.validation.Faults;

/** What a schema of a CustomResourceDefinition must keep to. */
public final class SchemaRules {

  private SchemaRules() {}

  /**
   * Checks one version's schema: its structure, its defaults and its rules.
   *
   * @param openApiV3Schema as it stands in the definition
   * @param path its field, such as {@code spec.versions[0].schema.openAPIV3Schema}
   */
  public static void check(JsonNode openApiV3Schema, String path, Faults faults) {}
}
