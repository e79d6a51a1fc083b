package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.CustomKind.CustomColumn;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Rows of custom kinds: the name, and what the definition's columns lead to. */
final class CustomCells {

  private CustomCells() {}

  /** The columns as a JSON list. */
  static String columns(CustomKind kind) {
    ArrayNode columns = JsonNodeFactory.instance.arrayNode();
    columns.add(Column.NAME.json());
    for (CustomColumn column : kind.columns()) {
      ObjectNode json = columns.addObject();
      json.put("name", column.name()).put("type", column.type()).put("format", column.format());
      json.put("description", column.description()).put("priority", column.priority());
    }
    return columns.toString();
  }

  static Cells of(CustomKind kind, JsonNode object) {
    Cells cells = new Cells();
    cells.text(Printer.name(object));
    for (CustomColumn column : kind.columns()) {
      JsonNode value = column.value().apply(object);
      if (value == null || value.isNull()) {
        cells.none();
      } else {
        add(column.type(), value, cells);
      }
    }
    return cells;
  }

  /** A value that does not fit its column's type leaves the cell empty. */
  private static void add(String type, JsonNode value, Cells cells) {
    switch (type) {
      case "integer" -> {
        if (value.isNumber()) {
          cells.number(value.asLong());
        } else {
          cells.none();
        }
      }
      case "number" -> {
        if (value.isNumber()) {
          cells.json(value.toString());
        } else {
          cells.none();
        }
      }
      case "boolean" -> {
        if (value.isBoolean()) {
          cells.flag(value.booleanValue());
        } else {
          cells.none();
        }
      }
      case "date" -> date(value, cells);
      default -> cells.text(value.isTextual() ? value.textValue() : value.toString());
    }
  }

  private static void date(JsonNode value, Cells cells) {
    if (!value.isTextual()) {
      cells.none();
      return;
    }
    try {
      var unused = Instant.parse(value.textValue());
      cells.age(value.textValue());
    } catch (DateTimeParseException e) {
      cells.text("<invalid>");
    }
  }
}
