package dev.sallyport.resources.structural.tree;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.structural.tree.Constraints.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a schema asks of values. */
final class ConstraintReader {

  private static final Constraints NOTHING =
      new Constraints(
          "",
          null,
          Constraints.NONE,
          Constraints.NONE,
          null,
          Constraints.NONE,
          Constraints.NONE,
          false,
          Constraints.NONE,
          Constraints.NONE,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          null);

  private final SchemaReader reader;

  ConstraintReader(SchemaReader reader) {
    this.reader = reader;
  }

  /** Null when it asks nothing. */
  @Nullable Constraints read(JsonNode schema) {
    String pattern = schema.path("pattern").asText();
    JsonNode not = schema.path("not");
    Constraints asked =
        new Constraints(
            reader.shared(KnownFormats.effective(schema)),
            range(schema),
            count(schema, "minLength"),
            count(schema, "maxLength"),
            pattern.isEmpty() ? null : reader.shared(new Regex(pattern)),
            count(schema, "minItems"),
            count(schema, "maxItems"),
            schema.path("uniqueItems").asBoolean(),
            count(schema, "minProperties"),
            count(schema, "maxProperties"),
            choices(schema.path("enum")),
            reader.shared(reader.texts(schema.path("required"))),
            branches(schema.path("allOf")),
            branches(schema.path("anyOf")),
            branches(schema.path("oneOf")),
            not.isObject() ? reader.read(not) : null);
    return asked.equals(NOTHING) ? null : asked;
  }

  private static @Nullable Range range(JsonNode schema) {
    Double minimum = number(schema, "minimum");
    Double maximum = number(schema, "maximum");
    Double multipleOf = number(schema, "multipleOf");
    if (minimum == null && maximum == null && multipleOf == null) {
      return null;
    }
    return new Range(
        minimum,
        schema.path("exclusiveMinimum").asBoolean(),
        maximum,
        schema.path("exclusiveMaximum").asBoolean(),
        multipleOf);
  }

  private static @Nullable Double number(JsonNode schema, String word) {
    JsonNode value = schema.path(word);
    return value.isNumber() ? value.doubleValue() : null;
  }

  private static long count(JsonNode schema, String word) {
    JsonNode value = schema.path(word);
    return value.isNumber() ? value.longValue() : Constraints.NONE;
  }

  private List<JsonNode> choices(JsonNode values) {
    List<JsonNode> choices = new ArrayList<>(values.size());
    values.forEach(value -> choices.add(reader.shared(value)));
    return List.copyOf(choices);
  }

  private List<SchemaNode> branches(JsonNode schemas) {
    List<SchemaNode> branches = new ArrayList<>(schemas.size());
    schemas.forEach(schema -> branches.add(reader.read(schema)));
    return List.copyOf(branches);
  }
}
