package dev.sallyport.resources.structural.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One schema inside a compiled tree. Equal nodes of a tree are one object: so nodes are equal when
 * they say the same and hold the very same nodes, which is told without looking below. Any thread.
 *
 * @param type null when none is named
 * @param traits see {@link Trait}
 * @param properties the named fields of an object
 * @param values of a map's entries (additionalProperties); null for none, or when anything goes
 * @param items of a list
 * @param listType of x-kubernetes-list-type; "" for none
 * @param listKeys of x-kubernetes-list-map-keys
 * @param mapType of x-kubernetes-map-type; "" for none
 * @param defaultValue never to be changed, or null
 * @param constraints on the value, or null
 * @param rules of x-kubernetes-validations
 */
public record SchemaNode(
    @Nullable SchemaType type,
    int traits,
    Fields properties,
    @Nullable SchemaNode values,
    @Nullable SchemaNode items,
    String listType,
    List<String> listKeys,
    String mapType,
    @Nullable JsonNode defaultValue,
    @Nullable Constraints constraints,
    List<Rule> rules) {

  /** What a schema says by a single word of true. */
  public enum Trait {
    NULLABLE(1),
    PRESERVES_UNKNOWN_FIELDS(2),
    EMBEDDED_RESOURCE(4),
    INT_OR_STRING(8),
    /** Has additionalProperties: a schema, or true. */
    FREE_KEYS(16),
    /** Somewhere at or below it stands a rule. */
    HAS_RULES(32),
    /** Somewhere at or below it stands a default. */
    HAS_DEFAULTS(64);

    private final int bit;

    Trait(int bit) {
      this.bit = bit;
    }

    int bit() {
      return bit;
    }
  }

  public boolean is(Trait trait) {
    return (traits & trait.bit()) != 0;
  }

  /** The schema of an object's field: its property's, or else of a map's entries. */
  public @Nullable SchemaNode member(String name) {
    SchemaNode property = properties.get(name);
    return property == null ? values : property;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Equal nodes below are one object already.
  public boolean equals(@Nullable Object other) {
    return other instanceof SchemaNode node
        && type == node.type
        && traits == node.traits
        && values == node.values
        && items == node.items
        && properties.equals(node.properties)
        && listType.equals(node.listType)
        && listKeys.equals(node.listKeys)
        && mapType.equals(node.mapType)
        && Objects.equals(defaultValue, node.defaultValue)
        && Objects.equals(constraints, node.constraints)
        && rules.equals(node.rules);
  }

  @Override
  public int hashCode() {
    int hash = Objects.hash(type, traits, properties, listType, listKeys, constraints, rules);
    return (hash * 31 + System.identityHashCode(values)) * 31 + System.identityHashCode(items);
  }
}
