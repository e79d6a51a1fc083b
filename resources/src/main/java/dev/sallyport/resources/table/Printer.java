package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * How a kind is shown: its columns, and a row's cells in the same order. Stateless; any thread.
 *
 * @param columns in the order in which they are shown
 */
record Printer(List<Column> columns, RowMaker row) {

  /** What a kind without columns of its own shows. */
  static final Printer PLAIN =
      new Printer(
          List.of(Column.NAME, Column.CREATED_AT),
          (object, cells) -> cells.text(name(object)).text(created(object)));

  static final Printer NAME_AND_AGE =
      new Printer(
          List.of(Column.NAME, Column.AGE),
          (object, cells) -> cells.text(name(object)).age(created(object)));

  Printer {
    columns = List.copyOf(columns);
  }

  /** Fills in the cells of one object. */
  @FunctionalInterface
  interface RowMaker {
    void fill(JsonNode object, Cells cells);
  }

  static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }

  static String created(JsonNode object) {
    return object.path("metadata").path("creationTimestamp").asText();
  }
}
