package dev.sallyport.resources.structural.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.expressions.ValueType;
import dev.sallyport.expressions.ValueType.Bounded;
import dev.sallyport.expressions.ValueType.ListOf;
import dev.sallyport.expressions.ValueType.MapOf;
import dev.sallyport.expressions.ValueType.Simple;
import dev.sallyport.expressions.ValueType.Struct;
import dev.sallyport.resources.structural.tree.Constraints;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schema as rules see it.
 *
 * @param type what rules may do with a value
 * @param least the fewest bytes that a value takes in JSON
 */
record RuleType(ValueType type, long least) {

  /** No value is larger than a request's body. */
  private static final long MOST = 3L << 20;

  /** Quotes around a text. */
  private static final long QUOTES = 2;

  /**
   * Null for what rules cannot see: values of no declared type.
   *
   * @param resource whether apiVersion, kind and names are there without being declared
   */
  static @Nullable RuleType of(SchemaNode schema, boolean resource) {
    // A name that no variable has: "self.spec" is to be a field and not a type.
    return of(schema, resource, "selfType");
  }

  /** How often a value of at least that size can stand in a body. */
  long mostInABody() {
    return MOST / (least + 1);
  }

  private static @Nullable RuleType of(SchemaNode schema, boolean resource, String name) {
    Constraints asked = schema.constraints();
    if (schema.is(Trait.INT_OR_STRING)) {
      return new RuleType(new Bounded(Simple.ANY, text(asked)), 1);
    }
    if (schema.type() == null) {
      return null;
    }
    return switch (schema.type()) {
      case ARRAY -> list(schema, name);
      case OBJECT ->
          schema.values() != null && !resource
              ? map(schema, schema.values(), name)
              : struct(schema, resource, name);
      case STRING -> string(asked);
      case BOOLEAN -> new RuleType(Simple.BOOL, 4);
      case NUMBER -> new RuleType(Simple.DOUBLE, 1);
      case INTEGER -> new RuleType(Simple.INT, 1);
    };
  }

  private static @Nullable RuleType list(SchemaNode schema, String name) {
    SchemaNode items = schema.items();
    RuleType item =
        items == null ? null : of(items, items.is(Trait.EMBEDDED_RESOURCE), name + ".items");
    if (item == null) {
      return null;
    }
    Constraints asked = schema.constraints();
    long most =
        asked == null || asked.maxItems() == Constraints.NONE
            ? (MOST - 2) / (item.least + 1)
            : asked.maxItems();
    return new RuleType(new ListOf(item.type, most), 2);
  }

  private static @Nullable RuleType map(SchemaNode schema, SchemaNode values, String name) {
    RuleType value = of(values, values.is(Trait.EMBEDDED_RESOURCE), name + ".values");
    if (value == null) {
      return null;
    }
    Constraints asked = schema.constraints();
    long most =
        asked == null || asked.maxProperties() == Constraints.NONE
            ? (MOST - 2) / (value.least + 6)
            : asked.maxProperties();
    return new RuleType(new MapOf(value.type, most), 2);
  }

  private static RuleType struct(SchemaNode schema, boolean resource, String name) {
    Map<String, ValueType> fields = new HashMap<>();
    List<String> required =
        schema.constraints() == null ? List.of() : schema.constraints().required();
    long[] least = {2};
    schema
        .properties()
        .forEach(
            (property, node) -> {
              RuleType type = of(node, node.is(Trait.EMBEDDED_RESOURCE), name + "." + property);
              String escaped = PropertyNames.escaped(property);
              if (type != null && escaped != null) {
                fields.put(escaped, type.type);
              }
              if (type != null && required.contains(property) && node.defaultValue() == null) {
                least[0] += property.length() + type.least + 4;
              }
            });
    if (resource) {
      ValueType text = new Bounded(Simple.STRING, MOST - QUOTES);
      fields.put("kind", text);
      fields.put("apiVersion", text);
      fields.put(
          "metadata", new Struct(name + ".metadata", Map.of("name", text, "generateName", text)));
    }
    return new RuleType(new Struct(name, fields), least[0]);
  }

  private static RuleType string(@Nullable Constraints asked) {
    String format = asked == null ? "" : asked.format();
    return switch (format) {
      case "byte" -> new RuleType(new Bounded(Simple.BYTES, bytes(asked)), QUOTES);
      case "duration" -> new RuleType(new Bounded(Simple.DURATION, 32), 4);
      case "date" -> new RuleType(new Bounded(Simple.TIMESTAMP, 12), 12);
      case "date-time" -> new RuleType(new Bounded(Simple.TIMESTAMP, 29), 21);
      default -> new RuleType(new Bounded(Simple.STRING, text(asked)), QUOTES);
    };
  }

  /** A character may take four bytes. */
  private static long text(@Nullable Constraints asked) {
    if (asked != null && asked.maxLength() != Constraints.NONE) {
      return asked.maxLength() * 4;
    }
    return asked == null || asked.choices().isEmpty() ? MOST - QUOTES : longest(asked.choices());
  }

  private static long bytes(@Nullable Constraints asked) {
    return asked == null || asked.maxLength() == Constraints.NONE
        ? MOST - QUOTES
        : asked.maxLength();
  }

  private static long longest(List<JsonNode> choices) {
    long longest = 0;
    for (JsonNode choice : choices) {
      longest = Math.max(longest, choice.asText().length());
    }
    return longest;
  }
}
