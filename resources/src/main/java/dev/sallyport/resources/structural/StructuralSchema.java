package dev.sallyport.resources.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.structural.tree.Defaults;
import dev.sallyport.resources.structural.tree.Pruning;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.tree.SchemaReader;
import dev.sallyport.resources.structural.value.EmbeddedResources;
import dev.sallyport.resources.structural.value.ListTypes;
import dev.sallyport.resources.structural.value.ValueCheck;
import dev.sallyport.resources.validation.Faults;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schema of one version of a CustomResourceDefinition, compiled. Any thread; nothing here
 * waits. The root's {@code apiVersion}, {@code kind} and {@code metadata} are the caller's: they
 * are not pruned, and checked only by what the schema says of names.
 */
public final class StructuralSchema {

  private final SchemaNode root;

  private StructuralSchema(SchemaNode root) {
    this.root = root;
  }

  /**
   * Compiles a schema.
   *
   * @param openApiV3Schema a schema that {@link SchemaRules} accepted; it is not kept
   */
  public static StructuralSchema of(JsonNode openApiV3Schema) {
    return new StructuralSchema(new SchemaReader().read(openApiV3Schema));
  }

  /**
   * Removes what the schema does not know.
   *
   * @return the removed fields' paths, sorted, such as {@code spec.items[0].x}
   */
  public List<String> prune(ObjectNode object) {
    return new Pruning().prune(object, root, true);
  }

  /**
   * Sets defaults where nothing is given. Null where the schema does not allow it counts as nothing
   * given.
   */
  public void applyDefaults(ObjectNode object) {
    Defaults.dropNulls(object, root);
    Defaults.apply(object, root);
  }

  /**
   * Checks values, list types and rules.
   *
   * @param old what the object was before an update, in the same version; parts that have not
   *     changed since may keep their faults
   * @param faults of the metadata before, so that they count when rules are put off
   */
  public void validate(ObjectNode object, @Nullable ObjectNode old, Faults faults) {
    ValueCheck.check(root, object, old).forEach(faults::add);
    EmbeddedResources.check(root, object).forEach(faults::add);
    // Lists that were wrong before may stay as wrong as they are.
    if (old == null || ListTypes.check(root, old).isEmpty()) {
      ListTypes.check(root, object).forEach(faults::add);
    }
  }

  /** The fields as server-side apply and managedFields see them. */
  public StructSchema fields() {
    return new NodeStruct(root, true);
  }
}
