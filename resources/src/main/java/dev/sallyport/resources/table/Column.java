package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A column of a kind's table.
 *
 * @param type string, integer, number, boolean or date
 * @param format name for the object's name, else ""
 * @param wide whether it is only shown when asked for ({@code -o wide})
 * @param description what its cells say
 */
record Column(String name, String type, String format, boolean wide, String description) {

  static final Column NAME =
      new Column("Name", "string", "name", false, "The object's name, unique in its place");
  static final Column AGE =
      new Column("Age", "string", "", false, "How long ago the object was created");
  static final Column CREATED_AT =
      new Column("Created At", "date", "", false, "When the object was created, UTC");

  static Column text(String name, String description) {
    return new Column(name, "string", "", false, description);
  }

  static Column number(String name, String description) {
    return new Column(name, "integer", "", false, description);
  }

  static Column flag(String name, String description) {
    return new Column(name, "boolean", "", false, description);
  }

  static Column wide(String name, String description) {
    return new Column(name, "string", "", true, description);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name).put("type", type).put("format", format);
    return json.put("description", description).put("priority", wide ? 1 : 0);
  }
}
