package dev.sallyport.resources.structural;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.structural.definition.DefaultValues;
import dev.sallyport.resources.structural.definition.Structure;
import dev.sallyport.resources.structural.definition.Support;
import dev.sallyport.resources.structural.rules.RuleDefinitions;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.tree.SchemaReader;
import dev.sallyport.resources.validation.Faults;
import java.util.ArrayList;
import java.util.List;

/**
 * What a schema of a CustomResourceDefinition must keep to.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema">Specifying
 *     a structural schema</a>
 */
public final class SchemaRules {

  private SchemaRules() {}

  /**
   * Checks one version's schema: its structure, its defaults and its rules.
   *
   * @param openApiV3Schema as it stands in the definition
   * @param path its field: {@code spec.validation.openAPIV3Schema} when all versions have the same
   *     schema, else such as {@code spec.versions[0].schema.openAPIV3Schema}
   */
  public static void check(JsonNode openApiV3Schema, String path, Faults faults) {
    if (openApiV3Schema.path("nullable").asBoolean()) {
      faults.forbidden(path + ".nullable", "nullable cannot be true at the root");
    }
    List<StatusCause> unsupported = Support.check(openApiV3Schema, path);
    List<StatusCause> causes = new ArrayList<>(Structure.check(openApiV3Schema, path));
    if (causes.isEmpty() && unsupported.isEmpty()) {
      SchemaNode schema = new SchemaReader().read(openApiV3Schema);
      causes.addAll(DefaultValues.check(schema, path));
      if (causes.isEmpty()) {
        causes.addAll(RuleDefinitions.check(schema, path));
      }
      if (causes.isEmpty()) {
        causes.addAll(DefaultValues.checkRules(schema, path));
      }
    }
    causes.addAll(unsupported);
    causes.forEach(faults::add);
  }
}
