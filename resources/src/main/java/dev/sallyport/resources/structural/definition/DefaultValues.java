package dev.sallyport.resources.structural.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.structural.rules.RuleSet;
import dev.sallyport.resources.structural.tree.Equality;
import dev.sallyport.resources.structural.tree.Pruning;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import dev.sallyport.resources.structural.value.Causes;
import dev.sallyport.resources.structural.value.EmbeddedResources;
import dev.sallyport.resources.structural.value.ListTypes;
import dev.sallyport.resources.structural.value.ValueCheck;
import java.util.ArrayList;
import java.util.List;

/** Whether defaults would be let in if somebody wrote them. Used once. */
public final class DefaultValues {
  private final List<StatusCause> causes = new ArrayList<>();
  private final boolean byRules;

  private DefaultValues(boolean byRules) {
    this.byRules = byRules;
  }

  /** What is wrong with the defaults of a structural schema. */
  public static List<StatusCause> check(SchemaNode schema, String path) {
    DefaultValues walk = new DefaultValues(false);
    walk.schema(schema, path);
    return walk.causes;
  }

  /** Which defaults break the rules of their own schemas. The rules themselves are sound. */
  public static List<StatusCause> checkRules(SchemaNode schema, String path) {
    DefaultValues walk = new DefaultValues(true);
    walk.schema(schema, path);
    return walk.causes;
  }

  private void schema(SchemaNode schema, String path) {
    if (!schema.is(Trait.HAS_DEFAULTS)) {
      return;
    }
    if (schema.defaultValue() != null) {
      value(schema, schema.defaultValue(), path + ".default");
    }
    if (schema.items() != null) {
      schema(schema.items(), path + ".items");
    }
    schema.properties().forEach((name, property) -> schema(property, Words.property(path, name)));
    if (schema.values() != null) {
      schema(schema.values(), path + ".additionalProperties");
    }
  }

  private void value(SchemaNode schema, JsonNode preset, String path) {
    List<StatusCause> faults = new ArrayList<>();
    if (byRules) {
      if (schema.is(Trait.HAS_RULES)) {
        faults.addAll(new RuleSet(schema, false).check(preset, null));
      }
    } else {
      pruned(schema, preset, path);
      faults.addAll(EmbeddedResources.check(schema, preset));
      if (faults.isEmpty()) {
        faults.addAll(ValueCheck.check(schema, preset, null));
        faults.addAll(ListTypes.check(schema, preset));
      }
    }
    for (StatusCause fault : faults) {
      causes.add(new StatusCause(fault.reason(), fault.message(), below(path, fault.field())));
    }
  }

  private void pruned(SchemaNode schema, JsonNode preset, String path) {
    JsonNode pruned = preset.deepCopy();
    boolean unknown = !new Pruning().prune(pruned, schema, false).isEmpty();
    if (unknown || !Equality.same(pruned, preset)) {
      causes.add(Causes.invalid(path, preset, "must not have unknown fields"));
    }
  }

  private static String below(String path, String field) {
    if (field.equals(Causes.NO_FIELD) || field.isEmpty()) {
      return path;
    }
    return field.startsWith("[") ? path + field : path + "." + field;
  }
}
