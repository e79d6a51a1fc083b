package dev.sallyport.resources.structural.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One schema inside a compiled tree. Equal nodes of a tree are one object. Any thread.
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
}
