package dev.sallyport.resources.structural.definition;

import static dev.sallyport.resources.structural.definition.Words.forbidden;
import static dev.sallyport.resources.structural.definition.Words.isTrue;
import static dev.sallyport.resources.structural.definition.Words.property;
import static dev.sallyport.resources.structural.definition.Words.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sallyport.api.Quoted;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.structural.value.Causes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which words of JSON schema may be used at all, and where. Used once. */
public final class Support {

  private static final Set<String> OF_RESOURCES = Set.of("metadata", "kind", "apiVersion");
  private static final Set<String> TYPES =
      Set.of("array", "boolean", "integer", "null", "number", "object", "string");

  /** In the order in which they are told. */
  private static final List<String> UNSUPPORTED =
      List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref");

  private final List<StatusCause> causes = new ArrayList<>();

  private Support() {}

  /** What is not supported in a schema and below it. */
  public static List<StatusCause> check(JsonNode schema, String path) {
    Support walk = new Support();
    walk.schema(schema, path, new Inside(true, false, ""));
    return walk.causes;
  }

  /**
   * What surrounds a schema.
   *
   * @param metadata whether it describes apiVersion, kind or metadata
   * @param noDefaults why it may have no default, or ""
   */
  private record Inside(boolean root, boolean metadata, String noDefaults) {}

  private void schema(JsonNode schema, String path, Inside inside) {
    words(schema, path, inside);
    if (isTrue(schema, "uniqueItems")) {
      causes.add(
          forbidden(
              path + ".uniqueItems",
              "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
    }
    additionalProperties(schema, path, inside);
    properties(schema, path, inside);
    Inside below = new Inside(false, inside.metadata, inside.noDefaults);
    if (schema.path("not").isObject()) {
      schema(schema.path("not"), path + ".not", below);
    }
    for (String word : List.of("allOf", "oneOf", "anyOf")) {
      JsonNode branches = schema.path(word);
      for (int i = 0; i < branches.size(); i++) {
        schema(branches.get(i), path + "." + word + "[" + i + "]", below);
      }
    }
    if (schema.path("items").isObject()) {
      schema(schema.path("items"), path + ".items", below);
    }
    if (schema.path("x-kubernetes-preserve-unknown-fields").isBoolean()
        && !isTrue(schema, "x-kubernetes-preserve-unknown-fields")) {
      causes.add(
          Causes.invalid(
              path + ".x-kubernetes-preserve-unknown-fields",
              BooleanNode.FALSE,
              "must be true or undefined"));
    }
    causes.addAll(ListAndMapTypes.check(schema, path));
    causes.addAll(RuleTexts.check(schema, path));
  }

  private void words(JsonNode schema, String path, Inside inside) {
    String type = text(schema, "type");
    if (!type.isEmpty() && !TYPES.contains(type)) {
      causes.add(
          new StatusCause(
              "FieldValueNotSupported",
              "Unsupported value: "
                  + Quoted.of(type)
                  + ": supported values: \"array\", \"boolean\", \"integer\", \"null\","
                  + " \"number\", \"object\", \"string\"",
              path + ".type"));
    }
    if (schema.hasNonNull("default") && !inside.noDefaults.isEmpty()) {
      causes.add(forbidden(path + ".default", "must not be set " + inside.noDefaults));
    }
    for (String word : UNSUPPORTED) {
      if (Words.isGiven(schema, word)) {
        causes.add(forbidden(path + "." + word, word + " is not supported"));
      }
    }
    if (type.equals("null")) {
      causes.add(
          forbidden(path + ".type", "type cannot be set to null, use nullable as an alternative"));
    }
    if (schema.path("items").isArray() && !schema.path("items").isEmpty()) {
      causes.add(forbidden(path + ".items", "items must be a schema object and not an array"));
    }
    if (inside.metadata && isTrue(schema, "x-kubernetes-embedded-resource")) {
      causes.add(
          forbidden(
              path + ".x-kubernetes-embedded-resource",
              "must not be used inside of resource meta"));
    }
  }

  private void additionalProperties(JsonNode schema, String path, Inside inside) {
    JsonNode values = schema.path("additionalProperties");
    boolean closed = values.isBoolean() && !values.booleanValue();
    String field = path + ".additionalProperties";
    if (!schema.path("properties").isEmpty() && (closed || values.isObject())) {
      causes.add(forbidden(field, "additionalProperties and properties are mutual exclusive"));
    }
    if (values.isObject()) {
      String noDefaults =
          inside.metadata
              ? "inside additionalProperties applying to object metadata"
              : inside.noDefaults;
      schema(values, field, new Inside(false, inside.metadata, noDefaults));
    }
  }

  private void properties(JsonNode schema, String path, Inside inside) {
    for (Map.Entry<String, JsonNode> entry : schema.path("properties").properties()) {
      String name = entry.getKey();
      boolean resource = inside.root || isTrue(schema, "x-kubernetes-embedded-resource");
      boolean metadata = resource && OF_RESOURCES.contains(name);
      String noDefaults = metadata && inside.root ? "in top-level " + name : inside.noDefaults;
      schema(
          entry.getValue(),
          property(path, name),
          new Inside(false, metadata || inside.metadata, noDefaults));
    }
  }

  /** A word's value as a text, for messages that want one where none was given. */
  static TextNode textOf(JsonNode schema, String word) {
    return TextNode.valueOf(text(schema, word));
  }
}
