package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.CustomKind.CustomColumn;
import dev.sallyport.resources.jsonpath.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns a version asks for, or its objects' age where it asks for none. */
final class PrinterColumns {

  private static final CustomColumn AGE =
      new CustomColumn(
          "Age",
          "date",
          "",
          "How long ago the object was created",
          0,
          JsonPath.compile(".metadata.creationTimestamp")::first);

  private PrinterColumns() {}

  static List<CustomColumn> read(JsonNode columns) {
    if (columns.isEmpty()) {
      return List.of(AGE);
    }
    List<CustomColumn> read = new ArrayList<>(columns.size());
    for (JsonNode column : columns) {
      read.add(column(column));
    }
    return List.copyOf(read);
  }

  private static CustomColumn column(JsonNode column) {
    String path = column.path("jsonPath").asText();
    String description = column.path("description").asText();
    Function<JsonNode, @Nullable JsonNode> value;
    try {
      value = JsonPath.compile(path)::first;
    } catch (IllegalArgumentException e) {
      value = object -> null; // stored before paths were checked
    }
    return new CustomColumn(
        column.path("name").asText(),
        column.path("type").asText(),
        column.path("format").asText(),
        description.isEmpty() ? "What stands at the object's " + path : description,
        column.path("priority").asInt(),
        value);
  }
}
