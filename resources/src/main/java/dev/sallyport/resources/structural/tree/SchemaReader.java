package dev.sallyport.resources.structural.tree;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes trees of JSON schemas. What is no part of a structural schema is not looked at. For one
 * thread; trees read by one reader share their equal parts.
 */
public final class SchemaReader {

  private final Map<Object, Object> known = new HashMap<>();
  private final ConstraintReader constraints = new ConstraintReader(this);

  /** The tree of a schema; nothing of the JSON is kept but defaults and choices. */
  public SchemaNode read(JsonNode schema) {
    SortedMap<String, SchemaNode> properties = new TreeMap<>();
    schema
        .path("properties")
        .properties()
        .forEach(entry -> properties.put(shared(entry.getKey()), read(entry.getValue())));
    SchemaNode values = optional(schema.path("additionalProperties"));
    SchemaNode items = optional(schema.path("items"));
    JsonNode defaultValue = schema.hasNonNull("default") ? schema.get("default") : null;
    List<Rule> rules = rules(schema.path("x-kubernetes-validations"));
    Constraints asked = constraints.read(schema);
    int traits = traits(schema) | inherited(properties, values, items, asked);
    if (defaultValue != null) {
      traits |= Trait.HAS_DEFAULTS.bit();
    }
    if (!rules.isEmpty()) {
      traits |= Trait.HAS_RULES.bit();
    }
    return shared(
        new SchemaNode(
            SchemaType.of(schema.path("type").asText()),
            traits,
            shared(Fields.of(properties)),
            values,
            items,
            shared(schema.path("x-kubernetes-list-type").asText()),
            shared(texts(schema.path("x-kubernetes-list-map-keys"))),
            shared(schema.path("x-kubernetes-map-type").asText()),
            defaultValue == null ? null : shared(defaultValue),
            asked == null ? null : shared(asked),
            shared(rules)));
  }

  private static int traits(JsonNode schema) {
    return trait(schema, "nullable", Trait.NULLABLE)
        | trait(schema, "x-kubernetes-preserve-unknown-fields", Trait.PRESERVES_UNKNOWN_FIELDS)
        | trait(schema, "x-kubernetes-embedded-resource", Trait.EMBEDDED_RESOURCE)
        | trait(schema, "x-kubernetes-int-or-string", Trait.INT_OR_STRING)
        | (schema.path("additionalProperties").isObject()
            ? Trait.FREE_KEYS.bit()
            : trait(schema, "additionalProperties", Trait.FREE_KEYS));
  }

  private static int trait(JsonNode schema, String word, Trait trait) {
    return schema.path(word).asBoolean() ? trait.bit() : 0;
  }

  /** Whether walks for rules or defaults need to look into a node at all. */
  private static int inherited(
      SortedMap<String, SchemaNode> properties,
      @Nullable SchemaNode values,
      @Nullable SchemaNode items,
      @Nullable Constraints asked) {
    int traits = 0;
    for (SchemaNode property : properties.values()) {
      traits |= property.traits();
    }
    traits |= values == null ? 0 : values.traits();
    traits |= items == null ? 0 : items.traits();
    if (asked != null) {
      for (SchemaNode branch : asked.allOf()) {
        traits |= branch.traits();
      }
    }
    return traits & (Trait.HAS_DEFAULTS.bit() | Trait.HAS_RULES.bit());
  }

  private List<Rule> rules(JsonNode entries) {
    List<Rule> rules = new ArrayList<>(entries.size());
    for (JsonNode entry : entries) {
      rules.add(
          new Rule(
              shared(entry.path("rule").asText()),
              shared(entry.path("message").asText()),
              shared(entry.path("messageExpression").asText()),
              shared(entry.path("reason").asText()),
              shared(entry.path("fieldPath").asText()),
              entry.path("optionalOldSelf").asBoolean()));
    }
    return List.copyOf(rules);
  }

  private @Nullable SchemaNode optional(JsonNode schema) {
    return schema.isObject() ? read(schema) : null;
  }

  List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>(array.size());
    array.forEach(text -> texts.add(shared(text.asText())));
    return List.copyOf(texts);
  }

  /** The one instance of all equal ones that this reader has met. */
  @SuppressWarnings("unchecked") // A value's equal is of its type.
  <T> T shared(T value) {
    Object kept = known.putIfAbsent(value, value);
    return kept == null ? value : (T) kept;
  }
}
