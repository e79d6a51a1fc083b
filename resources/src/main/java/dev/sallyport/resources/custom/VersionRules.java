package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.jsonpath.JsonPath;
import dev.sallyport.resources.structural.SchemaRules;
import dev.sallyport.resources.validation.Faults;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the versions of a definition say: schema, subresources, columns, selectable fields. What all
 * versions say alike is checked once, and named as if it stood beside them.
 */
final class VersionRules {

  private static final List<String> COLUMN_TYPES =
      List.of("boolean", "date", "integer", "number", "string");
  private static final List<String> COLUMN_FORMATS =
      List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
  private static final int MOST_SELECTABLE = 8;
  private static final int LONGEST_WARNING = 256;

  private final JsonNode versions;
  private final Faults faults;

  VersionRules(JsonNode versions, Faults faults) {
    this.versions = versions;
    this.faults = faults;
  }

  void check() {
    for (int i = 0; i < versions.size(); i++) {
      JsonNode version = versions.get(i);
      deprecation(version, "spec.versions[" + i + "]");
      if (i > 0 && same("schema")) {
        requireSchema(version, i);
      } else {
        schema(version, i);
      }
      if (i == 0 || !same("subresources")) {
        subresources(version.path("subresources"), place("subresources", i));
      }
      if (i == 0 || !same("additionalPrinterColumns")) {
        columns(version.path("additionalPrinterColumns"), place("additionalPrinterColumns", i));
      }
      if (i == 0 || !same("selectableFields")) {
        selectable(version, place("selectableFields", i));
      }
    }
  }

  /** Whether all versions say the same there. */
  private boolean same(String member) {
    JsonNode first = versions.get(0).path(member);
    for (JsonNode version : versions) {
      if (!version.path(member).equals(first)) {
        return false;
      }
    }
    return true;
  }

  private String place(String member, int version) {
    return same(member) ? "spec." + member : "spec.versions[" + version + "]." + member;
  }

  private void deprecation(JsonNode version, String field) {
    JsonNode warning = version.path("deprecationWarning");
    if (warning.isMissingNode()) {
      return;
    }
    String text = warning.asText();
    if (!version.path("deprecated").asBoolean()) {
      faults.invalid(
          field + ".deprecationWarning", text, "can only be set for deprecated versions");
    }
    if (text.isEmpty() || text.length() > LONGEST_WARNING) {
      faults.invalid(
          field + ".deprecationWarning",
          text,
          text.isEmpty() ? "must not be an empty string" : "must be <= 256 characters long");
    }
  }

  private boolean requireSchema(JsonNode version, int i) {
    boolean given = version.path("schema").has("openAPIV3Schema");
    if (!given) {
      faults.required("spec.versions[" + i + "].schema.openAPIV3Schema", "schemas are required");
    }
    return given;
  }

  private void schema(JsonNode version, int i) {
    if (requireSchema(version, i)) {
      String field =
          same("schema")
              ? "spec.validation.openAPIV3Schema"
              : "spec.versions[" + i + "].schema.openAPIV3Schema";
      SchemaRules.check(version.path("schema").path("openAPIV3Schema"), field, faults);
    }
  }

  private void subresources(JsonNode subresources, String field) {
    JsonNode scale = subresources.path("scale");
    if (scale.isMissingNode()) {
      return;
    }
    replicas(scale.path("specReplicasPath").asText(), "spec", field + ".scale.specReplicasPath");
    replicas(
        scale.path("statusReplicasPath").asText(), "status", field + ".scale.statusReplicasPath");
    String selector = scale.path("labelSelectorPath").asText();
    if (!selector.isEmpty()) {
      String at = field + ".scale.labelSelectorPath";
      if (simple(selector, at)
          && !selector.startsWith(".spec.")
          && !selector.startsWith(".status.")) {
        faults.invalid(at, selector, "should be a json path under either .spec or .status");
      }
    }
  }

  private void replicas(String path, String under, String field) {
    if (path.isEmpty()) {
      faults.required(field, "");
    } else if (simple(path, field) && !path.startsWith("." + under + ".")) {
      faults.invalid(field, path, "should be a json path under ." + under);
    }
  }

  /** Whether the path names one member after another, and nothing else. */
  private boolean simple(String path, String field) {
    boolean simple = path.length() > 1 && path.charAt(0) == '.' && !path.endsWith(".");
    for (int i = 0; i < path.length() && simple; i++) {
      simple = "[]*?()'\"{}@ ".indexOf(path.charAt(i)) < 0 && !path.startsWith("..", i);
    }
    if (!simple) {
      faults.invalid(field, path, "is an invalid path: only dot notation is supported");
    }
    return simple;
  }

  private void columns(JsonNode columns, String field) {
    for (int i = 0; i < columns.size(); i++) {
      JsonNode column = columns.get(i);
      String at = field + "[" + i + "]";
      if (column.path("name").asText().isEmpty()) {
        faults.required(at + ".name", "");
      }
      word(column.path("type").asText(), COLUMN_TYPES, true, at + ".type");
      word(column.path("format").asText(), COLUMN_FORMATS, false, at + ".format");
      String path = column.path("jsonPath").asText();
      if (path.isEmpty()) {
        faults.required(at + ".jsonPath", "");
      } else {
        columnPath(path, at + ".jsonPath");
      }
    }
  }

  private void columnPath(String path, String field) {
    try {
      JsonPath.compile(path);
    } catch (IllegalArgumentException e) {
      faults.invalid(field, path, "is an invalid path: " + e.getMessage());
    }
  }

  private void word(String word, List<String> known, boolean required, String field) {
    String mustBe = "must be one of " + String.join(",", known);
    if (word.isEmpty()) {
      if (required) {
        faults.required(field, mustBe);
      }
    } else if (!known.contains(word)) {
      faults.invalid(field, word, mustBe);
    }
  }

  private void selectable(JsonNode version, String field) {
    JsonNode fields = version.path("selectableFields");
    if (fields.size() > MOST_SELECTABLE) {
      faults.tooMany(field, fields.size(), MOST_SELECTABLE);
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      String path = fields.get(i).path("jsonPath").asText();
      String at = field + "[" + i + "].jsonPath";
      if (path.isEmpty()) {
        faults.required(at, "");
      } else if (simple(path, at)) {
        selectableTarget(version, path, at);
        if (!seen.add(path)) {
          faults.duplicate(at, path);
        }
      }
    }
  }

  private void selectableTarget(JsonNode version, String path, String field) {
    List<String> steps = Paths.steps(path);
    if (steps.get(0).equals("metadata")) {
      faults.invalid(field, path, "must not point to fields in metadata");
      return;
    }
    JsonNode schema = version.path("schema").path("openAPIV3Schema");
    for (String step : steps) {
      schema = schema.path("properties").path(step);
    }
    String type = schema.path("type").asText();
    if (schema.isMissingNode()) {
      faults.invalid(field, path, "is an invalid path: does not refer to a valid field");
    } else if (!List.of("string", "boolean", "integer").contains(type)) {
      faults.invalid(field, path, "must point to a field of type string, boolean or integer");
    }
  }
}
