package dev.sallyport.resources.structural.definition;

import static dev.sallyport.resources.structural.definition.Words.forbidden;
import static dev.sallyport.resources.structural.definition.Words.isTrue;
import static dev.sallyport.resources.structural.definition.Words.property;
import static dev.sallyport.resources.structural.definition.Words.required;
import static dev.sallyport.resources.structural.definition.Words.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.structural.value.Causes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a schema is structural: every field, list and map is declared with its type once, outside
 * of the combinations, which only restrict values. Used once.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema">Specifying
 *     a structural schema</a>
 */
public final class Structure {

  private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
  private static final String EMBEDDED = "x-kubernetes-embedded-resource";
  private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
  private static final Set<String> NAMES = Set.of("name", "generateName");

  /** Where a schema stands: it decides what a missing type is called. */
  private enum Level {
    ROOT("at the root"),
    ITEM("for specified array items"),
    FIELD("for specified object fields");

    private final String words;

    Level(String words) {
      this.words = words;
    }
  }

  private final List<StatusCause> causes = new ArrayList<>();

  private Structure() {}

  /**
   * What is not structural, sorted.
   *
   * @param path the schema's field
   */
  public static List<StatusCause> check(JsonNode schema, String path) {
    Structure walk = new Structure();
    walk.schema(schema, Level.ROOT, path);
    // Only the root's combinations are held against what is declared, as the real one does it.
    new Combined(walk.causes).complete(schema, schema, path, path);
    walk.causes.sort(Comparator.comparing(StatusCause::line));
    return walk.causes;
  }

  private void schema(JsonNode schema, Level level, String path) {
    JsonNode items = schema.path("items");
    if (text(schema, "type").equals("array") && !items.isObject()) {
      causes.add(required(path + ".items", "must be specified"));
    }
    if (items.isObject()) {
      schema(items, Level.ITEM, path + ".items");
    }
    for (Map.Entry<String, JsonNode> entry : schema.path("properties").properties()) {
      schema(entry.getValue(), Level.FIELD, property(path, entry.getKey()));
    }
    additionalProperties(schema, level, path);
    extensions(schema, path);
    new Combined(causes).values(schema, isIntOrString(schema), path);
    type(schema, level, path);
    resource(schema, level, path);
  }

  private void additionalProperties(JsonNode schema, Level level, String path) {
    JsonNode values = schema.path("additionalProperties");
    if (values.isMissingNode() || values.isNull()) {
      return;
    }
    String field = path + ".additionalProperties";
    if (level == Level.ROOT) {
      causes.add(forbidden(field, "must not be used at the root"));
    }
    if (isTrue(schema, EMBEDDED)) {
      causes.add(forbidden(field, "must not be used if " + EMBEDDED + " is set"));
    }
    if (values.isObject()) {
      schema(values, Level.FIELD, field);
    }
  }

  private void extensions(JsonNode schema, String path) {
    if (!isTrue(schema, INT_OR_STRING)) {
      return;
    }
    for (String other : List.of(PRESERVE, EMBEDDED)) {
      if (isTrue(schema, other)) {
        causes.add(
            Causes.invalid(
                path + "." + other,
                BooleanNode.TRUE,
                "must be false if " + INT_OR_STRING + " is true"));
      }
    }
  }

  private void type(JsonNode schema, Level level, String path) {
    String type = text(schema, "type");
    if (isTrue(schema, EMBEDDED) && !type.equals("object")) {
      causes.add(Words.mustBe(path, schema, "type", "must be object if " + EMBEDDED + " is true"));
    } else if (type.isEmpty() && !isTrue(schema, INT_OR_STRING) && !isTrue(schema, PRESERVE)) {
      causes.add(required(path + ".type", "must not be empty " + level.words));
    }
    if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
      causes.add(Causes.invalid(path + ".type", schema.path("type"), "must be object at the root"));
    }
  }

  private void resource(JsonNode schema, Level level, String path) {
    boolean embedded = isTrue(schema, EMBEDDED);
    JsonNode properties = schema.path("properties");
    if (level == Level.ROOT || embedded) {
      mustBe("kind", "string", properties, path);
      mustBe("apiVersion", "string", properties, path);
      mustBe("metadata", "object", properties, path);
    }
    if (level == Level.ROOT && properties.has("metadata") && !isNameOnly(properties)) {
      causes.add(
          forbidden(
              property(path, "metadata"),
              "must not specify anything other than name and generateName, but metadata is"
                  + " implicitly specified"));
    }
    if (embedded && !isTrue(schema, PRESERVE) && properties.isEmpty()) {
      causes.add(
          required(
              path + ".properties",
              "must not be empty if " + EMBEDDED + " is true without " + PRESERVE));
    }
  }

  private void mustBe(String name, String type, JsonNode properties, String path) {
    JsonNode schema = properties.get(name);
    if (schema != null && !text(schema, "type").equals(type)) {
      causes.add(
          Causes.invalid(
              property(path, name) + ".type",
              TextNode.valueOf(text(schema, "type")),
              "must be " + type));
    }
  }

  /** Type and default are judged elsewhere. */
  private static boolean isNameOnly(JsonNode properties) {
    for (Map.Entry<String, JsonNode> word : properties.path("metadata").properties()) {
      switch (word.getKey()) {
        case "type", "default" -> {}
        case "properties" -> {
          for (Map.Entry<String, JsonNode> field : word.getValue().properties()) {
            if (!NAMES.contains(field.getKey())) {
              return false;
            }
          }
        }
        default -> {
          if (Words.isGiven(properties.path("metadata"), word.getKey())) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** The form in which "an integer or a string" may stand among the combinations. */
  private static boolean isIntOrString(JsonNode schema) {
    return Combined.isIntOrString(schema.path("anyOf"));
  }
}
