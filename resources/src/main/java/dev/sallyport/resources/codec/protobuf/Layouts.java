package dev.sallyport.resources.codec.protobuf;

import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.codec.protobuf.MessageLayout.Field;
import dev.sallyport.resources.codec.protobuf.MessageLayout.Shape;
import dev.sallyport.resources.schema.SchemaTable;
import dev.sallyport.resources.schema.SchemaTable.ProtobufField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Message layouts by type, made when first needed. Any thread. */
final class Layouts {

  /** The type whose unions with other types protobuf spells out. */
  static final String JSON_SCHEMA =
      "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps";

  private final SchemaTable table = SchemaTable.builtIn();
  private final Map<String, MessageLayout> layouts = new ConcurrentHashMap<>();

  /** The layout of a kind, or null when protobuf does not know it. */
  @Nullable MessageLayout ofKind(GroupVersionKind kind) {
    String type = table.typeOf(kind);
    return type == null ? null : ofType(type);
  }

  MessageLayout ofType(String type) {
    return layouts.computeIfAbsent(type, name -> layout(table.protobuf(name), 0));
  }

  /**
   * @param level how many embedded structs stand around these fields
   */
  private static MessageLayout layout(List<ProtobufField> rows, int level) {
    List<Field> fields = new ArrayList<>();
    Map<Integer, List<ProtobufField>> embedded = new LinkedHashMap<>();
    for (ProtobufField row : rows) {
      int number = row.path().get(level);
      if (row.path().size() > level + 1) {
        embedded.computeIfAbsent(number, none -> new ArrayList<>()).add(row);
      } else {
        fields.add(field(number, row));
      }
    }
    embedded.forEach(
        (number, inner) ->
            fields.add(new Field(number, "", Shape.EMBEDDED, "", layout(inner, level + 1))));
    return new MessageLayout(fields);
  }

  private static Field field(int number, ProtobufField row) {
    String type = row.type();
    return switch (type.charAt(0)) {
      case '[' -> new Field(number, row.name(), Shape.LIST, type.substring(1), null);
      case '{' -> new Field(number, row.name(), Shape.MAP, type.substring(1), null);
      default -> new Field(number, row.name(), Shape.SINGLE, type, null);
    };
  }
}
