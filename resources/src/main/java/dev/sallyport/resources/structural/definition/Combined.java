package dev.sallyport.resources.structural.definition;

import static dev.sallyport.resources.structural.definition.Words.forbidden;
import static dev.sallyport.resources.structural.definition.Words.isGiven;
import static dev.sallyport.resources.structural.definition.Words.property;
import static dev.sallyport.resources.structural.definition.Words.required;
import static dev.sallyport.resources.structural.definition.Words.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.structural.value.Causes;
import java.util.List;
import java.util.Map;

/** What may stand inside allOf, anyOf, oneOf and not: restrictions, and nothing that declares. */
final class Combined {

  private static final List<String> BRANCHES = List.of("anyOf", "allOf", "oneOf");

  /** Words that declare something, and what they must be instead. */
  private static final Map<String, String> DECLARING =
      Map.ofEntries(
          Map.entry("type", "empty"),
          Map.entry("additionalProperties", "undefined"),
          Map.entry("default", "undefined"),
          Map.entry("title", "empty"),
          Map.entry("description", "empty"),
          Map.entry("nullable", "false"),
          Map.entry("x-kubernetes-preserve-unknown-fields", "false"),
          Map.entry("x-kubernetes-embedded-resource", "false"),
          Map.entry("x-kubernetes-int-or-string", "false"),
          Map.entry("x-kubernetes-list-map-keys", "empty"),
          Map.entry("x-kubernetes-list-type", "undefined"),
          Map.entry("x-kubernetes-map-type", "undefined"),
          Map.entry("x-kubernetes-validations", "empty"));

  private final List<StatusCause> causes;

  Combined(List<StatusCause> causes) {
    this.causes = causes;
  }

  /**
   * Checks the combinations and the pattern of a schema.
   *
   * @param intOrString whether its anyOf is left out, as it says what the schema says anyhow
   */
  void values(JsonNode schema, boolean intOrString, String path) {
    for (String word : BRANCHES) {
      if (word.equals("anyOf") && intOrString) {
        continue;
      }
      JsonNode branches = schema.path(word);
      for (int i = 0; i < branches.size(); i++) {
        JsonNode branch = branches.get(i);
        boolean excepted = word.equals("allOf") && i == 0 && isIntOrString(branch.path("anyOf"));
        nested(branch, excepted, path + "." + word + "[" + i + "]");
      }
    }
    if (schema.path("not").isObject()) {
      nested(schema.path("not"), false, path + ".not");
    }
    pattern(schema, path);
  }

  private void pattern(JsonNode schema, String path) {
    String pattern = text(schema, "pattern");
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      causes.add(
          Causes.invalid(
              path + ".pattern",
              schema.path("pattern"),
              "must be a valid regular expression, but isn't: " + e.getMessage()));
    }
  }

  private void nested(JsonNode schema, boolean intOrString, String path) {
    values(schema, intOrString, path);
    if (schema.path("items").isObject()) {
      nested(schema.path("items"), false, path + ".items");
    }
    for (Map.Entry<String, JsonNode> entry : schema.path("properties").properties()) {
      nested(entry.getValue(), false, property(path, entry.getKey()));
    }
    DECLARING.forEach(
        (word, instead) -> {
          boolean given = word.equals("default") ? schema.hasNonNull(word) : isGiven(schema, word);
          if (given) {
            causes.add(forbidden(path + "." + word, "must be " + instead + " to be structural"));
          }
        });
    if (schema.path("properties").has("metadata")) {
      causes.add(
          forbidden(property(path, "metadata"), "must not be specified in a nested context"));
    }
  }

  static boolean isIntOrString(JsonNode anyOf) {
    return anyOf.size() == 2
        && isOnlyType(anyOf.get(0), "integer")
        && isOnlyType(anyOf.get(1), "string");
  }

  private static boolean isOnlyType(JsonNode schema, String type) {
    return schema.size() == 1 && text(schema, "type").equals(type);
  }

  /**
   * Whether everything that a combination restricts is declared outside of it.
   *
   * @param values the schema inside of the combination, or the one that has combinations
   * @param declared what is declared at that place
   */
  void complete(JsonNode values, JsonNode declared, String declaredPath, String path) {
    if (values.path("not").isObject()) {
      nestedComplete(values.path("not"), declared, declaredPath, path + ".not");
    }
    for (String word : BRANCHES) {
      JsonNode branches = values.path(word);
      for (int i = 0; i < branches.size(); i++) {
        nestedComplete(branches.get(i), declared, declaredPath, path + "." + word + "[" + i + "]");
      }
    }
  }

  private void nestedComplete(
      JsonNode values, JsonNode declared, String declaredPath, String path) {
    complete(values, declared, declaredPath, path);
    if (values.path("items").isObject()) {
      below(values.path("items"), declared.path("items"), declaredPath + ".items", path + ".items");
    }
    for (Map.Entry<String, JsonNode> entry : values.path("properties").properties()) {
      below(
          entry.getValue(),
          declared.path("properties").path(entry.getKey()),
          property(declaredPath, entry.getKey()),
          property(path, entry.getKey()));
    }
  }

  private void below(JsonNode values, JsonNode declared, String declaredPath, String path) {
    if (declared.isObject()) {
      nestedComplete(values, declared, declaredPath, path);
    } else {
      causes.add(required(declaredPath, "because it is defined in " + path));
    }
  }
}
