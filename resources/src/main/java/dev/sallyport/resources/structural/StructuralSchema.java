package dev.sallyport.resources.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.structural.rules.RuleSet;
import dev.sallyport.resources.structural.tree.Defaults;
import dev.sallyport.resources.structural.tree.Pruning;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import dev.sallyport.resources.structural.tree.SchemaReader;
import dev.sallyport.resources.structural.value.Causes;
import dev.sallyport.resources.structural.value.EmbeddedResources;
import dev.sallyport.resources.structural.value.ListTypes;
import dev.sallyport.resources.structural.value.ValueCheck;
import dev.sallyport.resources.validation.Faults;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schema of one version of a CustomResourceDefinition, compiled. Any thread; nothing here
 * waits. The root's {@code apiVersion}, {@code kind} and {@code metadata} are the caller's: they
 * are not pruned, and checked only by what the schema says of names.
 */
public final class StructuralSchema {

  /** After these faults an object is not what rules take it for. */
  private static final Set<String> BLOCKING =
      Set.of(
          "FieldValueNotSupported",
          "FieldValueRequired",
          "FieldValueTooLong",
          "FieldValueTooMany",
          "FieldValueTypeInvalid");

  private static final StatusCause NOT_CHECKED =
      Causes.invalidShown(
          Causes.NO_FIELD,
          "null",
          "some validation rules were not checked because the object was invalid; correct the"
              + " existing errors to complete validation");

  private final SchemaNode root;

  /** Null when there are none; CEL is not even loaded then. */
  private final @Nullable RuleSet rules;

  private StructuralSchema(SchemaNode root) {
    this.root = root;
    this.rules = root.is(Trait.HAS_RULES) ? new RuleSet(root, true) : null;
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
    if (rules == null) {
      return;
    }
    if (faults.causes().stream().anyMatch(cause -> BLOCKING.contains(cause.reason()))) {
      faults.add(NOT_CHECKED);
    } else {
      rules.check(object, old).forEach(faults::add);
    }
  }

  /** The fields as server-side apply and managedFields see them. */
  public StructSchema fields() {
    return new NodeStruct(root, true);
  }
}
