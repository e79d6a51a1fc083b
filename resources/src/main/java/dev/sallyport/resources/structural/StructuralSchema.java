package dev.sallyport.resources.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.validation.Faults;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schema of one version of a CustomResourceDefinition, compiled. Any thread; nothing here
 * waits. The root's {@code apiVersion}, {@code kind} and {@code metadata} are the caller's: they
 * are neither pruned nor validated.
 */
public final class StructuralSchema {

  private StructuralSchema() {}

  /**
   * @param openApiV3Schema a schema that {@link SchemaRules} accepted; it is not kept
   */
  public static StructuralSchema of(JsonNode openApiV3Schema) {
    return new StructuralSchema();
  }

  /**
   * Removes what the schema does not know.
   *
   * @return the removed fields' paths, sorted, such as {@code spec.items[0].x}
   */
  public List<String> prune(ObjectNode object) {
    return List.of();
  }

  /**
   * Sets defaults where nothing is given. Null where the schema does not allow it counts as nothing
   * given.
   */
  public void applyDefaults(ObjectNode object) {}

  /**
   * Checks values, list types and rules.
   *
   * @param old what the object was before an update, in the same version; parts that have not
   *     changed since may keep their faults
   * @param faults of the metadata before, so that they count when rules are put off
   */
  public void validate(ObjectNode object, @Nullable ObjectNode old, Faults faults) {}

  /** The fields as server-side apply and managedFields see them. */
  public StructSchema fields() {
    return NoFields.NONE;
  }

  private enum NoFields implements StructSchema {
    NONE;

    @Override
    public List<dev.sallyport.resources.FieldSchema> fields() {
      return List.of();
    }

    @Override
    public dev.sallyport.resources.@Nullable FieldSchema field(String name) {
      return null;
    }
  }
}
