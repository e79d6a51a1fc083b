package dev.sallyport.resources.structural.definition;

import static dev.sallyport.resources.structural.definition.Words.forbidden;
import static dev.sallyport.resources.structural.definition.Words.isTrue;
import static dev.sallyport.resources.structural.definition.Words.property;
import static dev.sallyport.resources.structural.definition.Words.required;
import static dev.sallyport.resources.structural.definition.Words.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.sallyport.api.Quoted;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.structural.value.Causes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What x-kubernetes-list-type, its keys and x-kubernetes-map-type ask of a schema. */
final class ListAndMapTypes {

  private static final String LIST_TYPE = "x-kubernetes-list-type";
  private static final String MAP_TYPE = "x-kubernetes-map-type";
  private static final String KEYS = "x-kubernetes-list-map-keys";

  private final List<StatusCause> causes = new ArrayList<>();
  private final JsonNode schema;
  private final String path;
  private final String listType;

  private ListAndMapTypes(JsonNode schema, String path) {
    this.schema = schema;
    this.path = path;
    this.listType = text(schema, LIST_TYPE);
  }

  static List<StatusCause> check(JsonNode schema, String path) {
    if (!schema.hasNonNull(LIST_TYPE) && !schema.hasNonNull(MAP_TYPE) && !schema.has(KEYS)) {
      return List.of();
    }
    ListAndMapTypes check = new ListAndMapTypes(schema, path);
    check.types();
    check.keys();
    if (check.listType.equals("map")) {
      check.map();
    }
    check.items();
    return check.causes;
  }

  private void types() {
    if (schema.hasNonNull(MAP_TYPE)) {
      type(MAP_TYPE, "object");
      oneOf(MAP_TYPE, List.of("atomic", "granular"));
    }
    if (schema.hasNonNull(LIST_TYPE)) {
      type(LIST_TYPE, "array");
      if (listType.equals("set") && text(schema, "type").equals("array")) {
        atomicItems(schema.path("items"));
      }
      oneOf(LIST_TYPE, List.of("atomic", "set", "map"));
    }
  }

  private void type(String word, String type) {
    if (!text(schema, "type").equals(type)) {
      causes.add(
          Words.mustBe(path, schema, "type", "must be " + type + " if " + word + " is specified"));
    }
  }

  private void oneOf(String word, List<String> known) {
    String given = text(schema, word);
    if (!known.contains(given)) {
      String list = String.join(", ", known.stream().map(Quoted::of).toList());
      causes.add(
          new StatusCause(
              "FieldValueNotSupported",
              "Unsupported value: " + Quoted.of(given) + ": supported values: " + list,
              path + "." + word));
    }
  }

  private void atomicItems(JsonNode items) {
    String why = "must be atomic as item of a list with x-kubernetes-list-type=set";
    String inner = text(items, LIST_TYPE);
    JsonNode shown = items.hasNonNull(LIST_TYPE) ? items.path(LIST_TYPE) : NullNode.instance;
    if (text(items, "type").equals("array") && !inner.isEmpty() && !inner.equals("atomic")) {
      causes.add(Causes.invalid(path + ".items." + LIST_TYPE, shown, why));
    }
    if (text(items, "type").equals("object") && !text(items, MAP_TYPE).equals("atomic")) {
      causes.add(Causes.invalid(path + ".items." + MAP_TYPE, shown, why));
    }
  }

  private void keys() {
    if (!schema.path(KEYS).isEmpty() && !listType.equals("map")) {
      causes.add(Words.mustBe(path, schema, LIST_TYPE, "must be map if " + KEYS + " is non-empty"));
    }
  }

  private void map() {
    JsonNode items = schema.path("items");
    if (schema.path(KEYS).isEmpty()) {
      causes.add(required(path + "." + KEYS, "must not be empty if " + LIST_TYPE + " is map"));
    }
    if (!items.isObject()) {
      causes.add(required(path + ".items", "must have a schema if " + LIST_TYPE + " is map"));
      return;
    }
    if (!text(items, "type").equals("object")) {
      causes.add(
          Causes.invalid(
              path + ".items.type",
              Support.textOf(items, "type"),
              "must be object if parent array's " + LIST_TYPE + " is map"));
      return;
    }
    Set<String> seen = new HashSet<>();
    for (JsonNode key : schema.path(KEYS)) {
      key(items, key.asText(), seen);
    }
  }

  private void key(JsonNode items, String key, Set<String> seen) {
    JsonNode property = items.path("properties").path(key);
    String type = text(property, "type");
    if (property.isMissingNode()) {
      causes.add(
          Causes.invalid(
              path + "." + KEYS,
              schema.path(KEYS),
              "entries must all be names of item properties"));
    } else if (type.equals("array") || type.equals("object")) {
      causes.add(
          Causes.invalid(
              property(path + ".items", key) + ".type",
              Support.textOf(items, "type"),
              "must be a scalar type if parent array's " + LIST_TYPE + " is map"));
    }
    if (!seen.add(key)) {
      causes.add(
          Causes.invalid(
              path + "." + KEYS, schema.path(KEYS), "must not contain duplicate entries"));
    }
  }

  private void items() {
    JsonNode items = schema.path("items");
    if (!items.isObject() || !(listType.equals("set") || listType.equals("map"))) {
      return;
    }
    if (isTrue(items, "nullable")) {
      causes.add(
          forbidden(
              path + ".items.nullable",
              "cannot be nullable when " + LIST_TYPE + " is " + listType));
    }
    if (listType.equals("map")) {
      for (JsonNode key : schema.path(KEYS)) {
        present(items, key.asText());
      }
    }
  }

  /** An item without one of its keys could not be told from others. */
  private void present(JsonNode items, String key) {
    JsonNode property = items.path("properties").path(key);
    if (property.isMissingNode()) {
      return;
    }
    boolean required = false;
    for (JsonNode name : items.path("required")) {
      required |= name.asText().equals(key);
    }
    String field = property(path + ".items", key);
    if (!required && !property.hasNonNull("default")) {
      causes.add(
          required(
              field + ".default",
              "this property is in "
                  + KEYS
                  + ", so it must have a default or be a required property"));
    }
    if (isTrue(property, "nullable")) {
      causes.add(
          forbidden(
              field + ".nullable", "this property is in " + KEYS + ", so it cannot be nullable"));
    }
  }
}
